import { readBase64 } from "@ringfence/core/proof/ledger";
import { Certificate } from "pkijs";

const PEM = /-----BEGIN CERTIFICATE-----(?<base64>[^-]+)-----END CERTIFICATE-----/g;

/** The certificates in a text (RFC 7468); null where one of them is none. */
export function readRoots(pem: string): Certificate[] | null {
  try {
    return [...pem.matchAll(PEM)].map(({ groups }) => {
      const der = readBase64((groups?.base64 ?? "").replaceAll(/\s/g, ""));
      return Certificate.fromBER(Uint8Array.from(der ?? []));
    });
  } catch {
    return null;
  }
}
