import type { IncomingMessage } from "node:http";

/** Returns true if the headers announce a body (RFC 9112, 6). */
export const hasBody = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** The length that a body is said to have; null where it comes in chunks. */
export const declaredLength = ({ headers }: Pick<IncomingMessage, "headers">): number | null =>
  headers["transfer-encoding"] === undefined ? Number(headers["content-length"] ?? 0) : null;
