#!/usr/bin/env bash
# Installs what the tests use besides Go: a browser, XML tools, feed readers,
# web servers, Java and the Nu HTML checker. Without the right to install, the
# tests that need a missing tool say so and are skipped.
set -euo pipefail
cd "$(dirname "$0")"

declare -A package=(
  [xmllint]=libxml2-utils
  [jq]=jq
  [java]=default-jre-headless
  [npm]=npm
  [chromium]=chromium
  [sfeed]=sfeed
  [nginx]=nginx-light
  [caddy]=caddy
  [curl]=curl
  [minisign]=minisign
  [/usr/lib/nginx/modules/ngx_http_brotli_static_module.so]=libnginx-mod-http-brotli-static
)
missing=()
for tool in "${!package[@]}"; do
  command -v "$tool" >/dev/null || [[ -e $tool ]] || missing+=("${package[$tool]}")
done
if ((${#missing[@]})) && command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
  echo "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if command -v npm >/dev/null; then
  npm install --silent --no-audit --no-fund --no-package-lock >/dev/null
fi
