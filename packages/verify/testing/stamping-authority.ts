import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

const proper = "critical, timeStamping";

const formatConfig = (usage: string) => `
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamping]
extendedKeyUsage = ${proper}
keyUsage = critical, digitalSignature
[other]
extendedKeyUsage = ${usage}
keyUsage = critical, digitalSignature
[tsa]
default_tsa = authority
[authority]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
certs = chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
`;

const TST_INFO = "1.2.840.113549.1.9.16.1.4";

type Options = {
  /** Extended key usage of the stamping certificate. */
  usage?: string;
  /** End of the stamping certificate. */
  until?: string;
  /** True if the stamping certificate also certifies another one, without being that of an authority. */
  isSubordinate?: boolean;
};

/** Creates an authority that makes time stamps by openssl (RFC 3161), under a root of its own. */
export function createStampingAuthority(root: string, options: Options = {}) {
  const { usage = proper, until, isSubordinate = false } = options;
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-stamp-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const openssl = (...args: (string | string[])[]) =>
    execFileSync("openssl", args.flat(), { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
  const save = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

  save("tsa.cnf", formatConfig(usage));
  save("serial", "01\n");
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const config = ["-config", "tsa.cnf"];
  openssl(
    ["req", "-x509", ...key, ...config, "-keyout", "root.key", "-out", "root.pem"],
    ["-subj", `/CN=${root}`, "-days", "2", "-extensions", "root"],
  );
  /** Certifies a new key by another, and stamps with it from then on. */
  const certify = (by: string, subject: string, section = "stamping") => {
    openssl(
      "req",
      "-new",
      ...key,
      ...config,
      "-keyout",
      "new.key",
      "-out",
      "csr",
      "-subj",
      subject,
    );
    const time = until ? ["-not_before", "20200101000000Z", "-not_after", until] : ["-days", "2"];
    openssl(
      ["x509", "-req", "-in", "csr", "-CA", `${by}.pem`, "-CAkey", `${by}.key`, ...time],
      ["-out", "new.pem", "-extfile", "tsa.cnf", "-extensions", section],
    );
    save(
      "chain.pem",
      read("new.pem") + (by === "root" ? "" : read(`${by}.pem`)) + read("root.pem"),
    );
  };
  certify("root", "/CN=Authority");
  if (isSubordinate) {
    save("middle.pem", read("new.pem"));
    save("middle.key", read("new.key"));
    certify("middle", "/CN=Child");
  }
  save("tsa.pem", read("new.pem"));
  save("tsa.key", read("new.key"));
  if (usage !== proper) certify("root", "/CN=Authority", "other");

  /** Has the token signed by a certificate with which openssl itself makes none. */
  const signAgain = () => {
    openssl("cms -verify -inform DER -in token -noverify -out stated".split(" "));
    openssl(
      `cms -sign -binary -nodetach -cades -econtent_type ${TST_INFO} -in stated`.split(" "),
      "-signer new.pem -inkey new.key -outform DER -out token".split(" "),
    );
  };

  return {
    root: read("root.pem"),
    signer: read("tsa.pem"),
    /** A token over a text, as base64. */
    stamp(text: string): string {
      save("text", text);
      openssl("ts", "-query", "-data", "text", "-sha256", "-cert", "-out", "query");
      openssl("ts", "-reply", config, "-queryfile", "query", "-token_out", "-out", "token");
      if (usage !== proper) signAgain();
      return readFileSync(path.join(folder, "token")).toString("base64");
    },
  };
}
