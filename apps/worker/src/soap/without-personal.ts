import { escapeXml } from "./read-xml.ts";

const CODE_MAX = 60;

/** A service may repeat what it was asked: a password, or the numbers of people. */
export function withoutPersonal(said: string, secret: string | null) {
  const secrets = secret ? [secret, escapeXml(secret)] : [];
  return secrets
    .reduce((text, each) => text.replaceAll(each, "…"), said)
    .replace(/\d(?:[\s().+\p{Pd}]*\d){5,}/gu, "…");
}

/** A code as people are shown it: where a service puts a sentence in its place, no more than its beginning. */
export const shownCode = (said: string, secret: string | null) =>
  withoutPersonal(said, secret).slice(0, CODE_MAX) || "—";
