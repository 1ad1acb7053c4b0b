package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"slices"
	"strings"

	"bongsu/generator/deliver"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	gcaws "gocloud.dev/aws"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // file://
	"gocloud.dev/blob/s3blob"
	"gocloud.dev/gcerrors"
)

// schemes lists where one can publish to.
var schemes = []string{"s3", "gs", "azblob", "file"}

// store makes a deliver.Store of a bucket.
type store struct{ bucket *blob.Bucket }

func openStore(ctx context.Context, address string) (*store, error) {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains(schemes, u.Scheme) {
		return nil, errUsage{fmt.Errorf("%q is not where one can publish to: an address begins with one of %s://", address, strings.Join(schemes, "://, "))}
	}
	b, err := openBucket(ctx, u)
	if err != nil {
		return nil, explain(translate(err), address)
	}
	return &store{b}, nil
}

func openBucket(ctx context.Context, u *url.URL) (*blob.Bucket, error) {
	q := u.Query()
	switch u.Scheme {
	case "file":
		for option, value := range map[string]string{
			"no_tmp_dir": "true", // files are put in place within one disk
			"metadata":   "skip", // no second file beside each: a web server knows the headers
			"create_dir": "true",
		} {
			if q.Get(option) == "" {
				q.Set(option, value)
			}
		}
		u.RawQuery = q.Encode()
	case "s3":
		return openS3(ctx, u.Host, q)
	}
	return blob.OpenBucket(ctx, u.String())
}

// openS3 opens a bucket of S3 whose client does not try again by itself:
// deliver does, and both together would wait for minutes.
func openS3(ctx context.Context, name string, q url.Values) (*blob.Bucket, error) {
	style, prefix := q.Get("use_path_style") == "true", q.Get("prefix")
	q.Del("use_path_style")
	q.Del("prefix")
	config, err := gcaws.V2ConfigFromURLParams(ctx, q)
	if err != nil {
		return nil, err
	}
	client := s3.NewFromConfig(config, func(o *s3.Options) {
		o.UsePathStyle = style
		o.Retryer = aws.NopRetryer{}
	})
	b, err := s3blob.OpenBucket(ctx, client, name, nil)
	if err == nil && prefix != "" {
		b = blob.PrefixedBucket(b, prefix)
	}
	return b, err
}

func (s *store) close() { s.bucket.Close() }

// Get reads a file as it is stored.
func (s *store) Get(ctx context.Context, key string) ([]byte, deliver.Headers, error) {
	r, err := s.bucket.NewReader(ctx, key, nil)
	if err != nil {
		return nil, deliver.Headers{}, translate(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, deliver.Headers{}, translate(err)
	}
	h := deliver.Headers{ContentType: r.ContentType()}
	if encoding, err := s.bucket.Attributes(ctx, key); err == nil {
		h.CacheControl, h.ContentEncoding = encoding.CacheControl, encoding.ContentEncoding
	}
	return data, h, nil
}

// Put writes a file.
func (s *store) Put(ctx context.Context, key string, data []byte, h deliver.Headers, absent bool) error {
	err := s.bucket.WriteAll(ctx, key, data, &blob.WriterOptions{
		ContentType: h.ContentType, CacheControl: h.CacheControl, ContentEncoding: h.ContentEncoding,
		DisableContentTypeDetection: true, IfNotExist: absent,
	})
	if err != nil && absent && gcerrors.Code(err) == gcerrors.FailedPrecondition {
		return deliver.ErrExists
	}
	return translate(err)
}

// Delete removes a file.
func (s *store) Delete(ctx context.Context, key string) error {
	return translate(s.bucket.Delete(ctx, key))
}

// List lists the files whose keys begin with prefix.
func (s *store) List(ctx context.Context, prefix string) ([]deliver.Object, error) {
	var out []deliver.Object
	for it := s.bucket.List(&blob.ListOptions{Prefix: prefix}); ; {
		o, err := it.Next(ctx)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, translate(err)
		}
		if !o.IsDir {
			out = append(out, deliver.Object{Key: o.Key, Size: o.Size, MD5: o.MD5})
		}
	}
}

// refusal is what a storage will not do, whoever asks again.
type refusal struct {
	code string
	err  error
}

func (r refusal) Error() string   { return r.err.Error() }
func (r refusal) Unwrap() []error { return []error{r.err, deliver.ErrDenied} }

// refusals lists codes of S3 that asking again does not change.
var refusals = []string{"InvalidAccessKeyId", "XAdminUserNotFound", "SignatureDoesNotMatch", "AccessDenied", "NoSuchBucket", "ExpiredToken", "InvalidToken", "PermanentRedirect", "InvalidBucketName", "AuthorizationHeaderMalformed"}

// translate tells the errors of a provider apart as deliver asks for.
func translate(err error) error {
	if err == nil {
		return nil
	}
	code := ""
	var api smithy.APIError
	if errors.As(err, &api) {
		code = api.ErrorCode()
	}
	var dns *net.DNSError
	switch {
	case slices.Contains(refusals, code):
		return refusal{code, err}
	case gcerrors.Code(err) == gcerrors.NotFound:
		return fmt.Errorf("%w (%w)", fs.ErrNotExist, err)
	case gcerrors.Code(err) == gcerrors.PermissionDenied:
		return refusal{"AccessDenied", err}
	case strings.Contains(err.Error(), "credentials"):
		return refusal{"no credentials", err}
	case errors.As(err, &dns) && dns.IsNotFound:
		return refusal{"no host", err}
	}
	return err
}

const unknownKey = "%s does not know the access key: put the right one into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or into the profile that AWS_PROFILE names"

// explain says in a sentence what an error of a storage means and what to do.
func explain(err error, address string) error {
	var r refusal
	if !errors.As(err, &r) {
		return unreachable(err, address)
	}
	u, _ := url.Parse(address)
	where := u.Scheme + "://" + u.Host
	text := map[string]string{
		"InvalidAccessKeyId":           unknownKey,
		"XAdminUserNotFound":           unknownKey,
		"SignatureDoesNotMatch":        "%s does not accept the secret key: AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID",
		"AccessDenied":                 "%s does not let this account do that: it must be allowed to list the bucket and to read, write and delete its objects",
		"NoSuchBucket":                 "%s does not exist: create the bucket first, or mend the address",
		"ExpiredToken":                 "%s says that the credentials have expired: sign in again",
		"InvalidToken":                 "%s says that the credentials are not valid: sign in again",
		"PermanentRedirect":            "%s lies in another region: add ?region=… to the address",
		"AuthorizationHeaderMalformed": "%s lies in another region: add ?region=… to the address",
		"InvalidBucketName":            "%s is no name that a bucket can have",
		"no credentials":               "no credentials for %s were found: for S3 set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, for Google GOOGLE_APPLICATION_CREDENTIALS, for Azure AZURE_STORAGE_ACCOUNT and AZURE_STORAGE_KEY",
		"no host":                      "there is no server of that name for %s: look at the address and at endpoint=… in it",
	}[r.code]
	return fmt.Errorf(text+" (the storage says: %s)", where, short(r.err))
}

// unreachable says the same of a server that does not answer.
func unreachable(err error, address string) error {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "dial" {
		return err
	}
	return fmt.Errorf("the server of %s does not answer at %s: look at the network and at endpoint=… in the address (%v)", address, op.Addr, op.Err)
}

// short gives what the server itself said, of a long chain of errors.
func short(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode() + ", " + api.ErrorMessage()
	}
	parts := strings.Split(err.Error(), ": ")
	return strings.Join(parts[max(0, len(parts)-2):], ": ")
}
