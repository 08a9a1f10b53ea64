// A self-signed certificate for example.org and *.example.org and its key: both public, trusted by these tests alone.
// Made with "openssl ca -selfsign" on a P-256 key, from 2020 to 2125.
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBgDCCASagAwIBAgIBATAKBggqhkjOPQQDAjAbMRkwFwYDVQQDDBBFYXNlbCB0
ZXN0cyBvbmx5MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjUwMTAxMDAwMDAwWjAbMRkw
FwYDVQQDDBBFYXNlbCB0ZXN0cyBvbmx5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
QgAEprsxahM5NC2i86sRnGAdUIBk7aqbDPFUaJlWY6aXWqkLJEDuahC4VbpnjILn
7+eMen+dTrDEjq41DJhuUbKNS6NZMFcwJQYDVR0RBB4wHIILZXhhbXBsZS5vcmeC
DSouZXhhbXBsZS5vcmcwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUtQmlnESB
PSMRQi+6suyg86l+R8UwCgYIKoZIzj0EAwIDSAAwRQIhANYGtHiaEuNLVgl1KN/J
EOP3g48TQsPgByvhePokQvAEAiAKKQPr3jwb205UxxsdGPNPMMZgh34GhjG51EOS
aaj4rg==
-----END CERTIFICATE-----
`

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOQtI2JAuahr//t6d
2VDBri5DGhBUXxCje6UqAjhshVChRANCAASmuzFqEzk0LaLzqxGcYB1QgGTtqpsM
8VRomVZjppdaqQskQO5qELhVumeMgufv54x6f51OsMSOrjUMmG5Rso1L
-----END PRIVATE KEY-----
`
