import type { FormParameters } from "@ringfence/core/inbound";

const CRLF = "\r\n";
/** The headers of a part are short. */
const MOST_BYTES_OF_HEAD = 8 * 1024;

/**
 * The text fields of a form with files (RFC 7578), at most so many parts; the files are passed over, and
 * never copied. Takes time that grows with the size of what anybody may send, and is small.
 */
export function multipartFields(type: string, body: Buffer, mostParts: number): FormParameters {
  const boundary = boundaryOf(type);
  if (boundary === null) return [];
  const fields: [string, string][] = [];
  const mark = Buffer.from(`${CRLF}--${boundary}`);
  // Nothing stands before the first but its own line.
  let at = body.indexOf(mark.subarray(CRLF.length)) - CRLF.length;
  for (let part = 0; part < mostParts && at >= -CRLF.length; part++) {
    const start = at + mark.length;
    const next = body.indexOf(mark, start);
    if (next < 0) break;
    const field = fieldIn(body.subarray(start, next));
    if (field !== null) fields.push(field);
    at = next;
  }
  return fields;
}

/** RFC 2046, 5.1.1: up to 70 characters, quoted or not. */
function boundaryOf(type: string): string | null {
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70})(?:[\s;]|$))/i.exec(type) ?? [];
  return quoted ?? plain ?? null;
}

/** Null for a file, and for what has no name. */
function fieldIn(part: Buffer): [string, string] | null {
  const headEnd = part.subarray(0, MOST_BYTES_OF_HEAD).indexOf(CRLF + CRLF);
  if (headEnd < 0) return null;
  const head = part.subarray(0, headEnd).toString();
  const name = /^content-disposition:[^\r\n]*;\s*name="([^"\r\n]*)"/im.exec(head)?.[1];
  if (name === undefined || /;\s*filename\*?=/i.test(head)) return null;
  return [nameIn(name), part.subarray(headEnd + 2 * CRLF.length).toString()];
}

/** As browsers write what a name cannot hold (HTML, 4.10.22.7). */
const nameIn = (name: string) =>
  name.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
