package proof

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"aead.dev/minisign"
)

// Key signs manifests.
type Key struct{ key minisign.PrivateKey }

// ParseKey reads a secret key of minisign. One that is protected by a password
// needs it; "minisign -G -W" makes one that is not.
func ParseKey(text []byte, password string) (*Key, error) {
	if minisign.IsEncrypted(text) {
		if password == "" {
			return nil, errors.New("the key is protected by a password, and none was given")
		}
		key, err := minisign.DecryptKey(password, text)
		if err != nil {
			return nil, errors.New("the password does not open the key")
		}
		return &Key{key}, nil
	}
	var key minisign.PrivateKey
	if err := key.UnmarshalText(text); err != nil {
		return nil, errors.New(`this is no secret key of minisign; "minisign -G -W" makes one`)
	}
	return &Key{key}, nil
}

// Public gives the key that others check with, as one line.
func (k *Key) Public() string { return k.key.Public().(minisign.PublicKey).String() }

// Sign gives the bytes of the signature file of an encoded manifest. The same
// manifest and key give the same bytes.
func (k *Key) Sign(m *Manifest, encoded []byte) []byte {
	trusted := fmt.Sprintf("timestamp:%d\tfile:%s\thashed", m.Issued.Unix(), Name)
	r := minisign.NewReader(bytes.NewReader(encoded)) // signs the sum, as minisign does
	_, _ = io.Copy(io.Discard, r)                     // never fails: from memory
	return r.SignWithComments(k.key, trusted, "signature of "+Name+" at "+m.Issued.Format(time.RFC3339))
}

// PublicKey checks signatures.
type PublicKey struct{ key minisign.PublicKey }

// ParsePublicKey reads a public key: the file that minisign writes, or its
// last line.
func ParsePublicKey(text string) (*PublicKey, error) {
	lines := strings.Fields(strings.TrimSpace(text[strings.LastIndex(strings.TrimSpace(text), "\n")+1:]))
	var key minisign.PublicKey
	if len(lines) != 1 || key.UnmarshalText([]byte(lines[0])) != nil {
		return nil, errors.New("this is no public key of minisign: a line that begins with RW")
	}
	return &PublicKey{key}, nil
}

// Signed reports whether signature is one of the encoded manifest by the key.
func (k *PublicKey) Signed(encoded, signature []byte) bool {
	return minisign.Verify(k.key, encoded, signature)
}
