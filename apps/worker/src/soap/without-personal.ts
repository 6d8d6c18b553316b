import { escapeXml } from "./read-xml.ts";

const CODE_MAX = 60;

/** Removes what a service may repeat of a request: passwords and phone numbers. */
export function withoutPersonal(said: string, secret: string | null) {
  const secrets = secret ? [secret, escapeXml(secret)] : [];
  return secrets
    .reduce((text, each) => text.replaceAll(each, "…"), said)
    .replace(/\d(?:[\s().+\p{Pd}]*\d){5,}/gu, "…");
}

/** Shortens a code for display: some services send a whole sentence instead. */
export const shownCode = (said: string, secret: string | null) =>
  withoutPersonal(said, secret).slice(0, CODE_MAX) || "—";
