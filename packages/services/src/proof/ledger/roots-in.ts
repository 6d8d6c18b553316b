import { Certificate } from "pkijs";

const PEM = /-----BEGIN CERTIFICATE-----(?<base64>[^-]+)-----END CERTIFICATE-----/g;

/** The certificates in a text (RFC 7468), as files of roots hold them. Throws for what is none. */
export const rootsIn = (pem: string): Certificate[] =>
  [...pem.matchAll(PEM)].map(({ groups }) =>
    Certificate.fromBER(Uint8Array.from(Buffer.from(groups?.base64 ?? "", "base64"))),
  );
