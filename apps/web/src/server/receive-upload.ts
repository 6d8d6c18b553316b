import "server-only";
import type { FileContext } from "@ringfence/services/context";
import { type DeclaredFile, parseContentDigest, verifyUpload } from "@ringfence/services/files";
import type { CurrentMember } from "@ringfence/services/member";
import { env } from "@/env";
import { CONTENT_DIGEST, FILE_NAME, UPLOAD_LENGTH } from "../components/upload/upload-headers";
import { answerMember } from "./answer-member";
import { isSameOrigin } from "./same-origin";

/** A file as it arrives. Reading it fails at its end unless it is the whole file that was sent. */
export type ReceivedFile = { fileName: string; content: AsyncIterable<Uint8Array> };

/**
 * Receives a file of any size from a page of ours, for whoever is signed in. Every route that takes a file
 * lies in `api/uploads`, which `proxy.ts` leaves alone, and uses this.
 */
export function receiveUpload(
  request: Request,
  take: (ctx: FileContext & { member: CurrentMember }, file: ReceivedFile) => Promise<Response>,
): Response | Promise<Response> {
  const { headers } = request;
  if (!isSameOrigin(headers, env().PUBLIC_URL)) return new Response(null, { status: 403 });

  return answerMember(request, (ctx) => {
    const sent = request.body ?? new Blob().stream();
    return take(ctx, {
      fileName: readFileName(headers),
      content: verifyUpload(sent, readDeclared(headers)),
    });
  });
}

/** Encoded, for headers hold Latin letters alone; read as a query is, which no odd text breaks. */
function readFileName(headers: Headers): string {
  const name = new URLSearchParams(`name=${headers.get(FILE_NAME) ?? ""}`).get("name");
  return name?.slice(0, 255) || "list.csv";
}

/** Null unless both are there: `Content-Length` is no substitute, for a proxy may write it anew. */
function readDeclared(headers: Headers): DeclaredFile | null {
  const [bytes] = /^\d{1,15}$/.exec(headers.get(UPLOAD_LENGTH) ?? "") ?? [];
  const sha256 = parseContentDigest(headers.get(CONTENT_DIGEST) ?? "");
  return bytes === undefined || sha256 === null ? null : { bytes: Number(bytes), sha256 };
}
