import "server-only";
import { parseContentDigest } from "@ringfence/core/platform/content-digest";
import type { FileContext } from "@ringfence/services/context";
import { type DeclaredFile, verifyUpload } from "@ringfence/services/platform/files";
import type { CurrentMember } from "@ringfence/services/account/member";
import { env } from "@/env";
import { CONTENT_DIGEST, FILE_NAME, UPLOAD_LENGTH } from "../components/upload/upload-headers";
import { answerMember } from "./answer-member";
import { isSameOrigin } from "./same-origin";

/** File that is still arriving. Reading it fails at the end unless the whole file arrived unchanged. */
export type ReceivedFile = { fileName: string; content: AsyncIterable<Uint8Array> };

/**
 * Receives a file of any size from one of our pages, sent by a member who is signed in. Every route that
 * takes a file must use this and lie in `api/uploads`, which `proxy.ts` does not match.
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

/** Reads the file name. It is URL-encoded, because headers hold Latin letters only. */
function readFileName(headers: Headers): string {
  const name = new URLSearchParams(`name=${headers.get(FILE_NAME) ?? ""}`).get("name");
  return name?.slice(0, 255) || "list.csv";
}

/** Returns null unless both are given. `Content-Length` is no substitute: a proxy may rewrite it. */
function readDeclared(headers: Headers): DeclaredFile | null {
  const [bytes] = /^\d{1,15}$/.exec(headers.get(UPLOAD_LENGTH) ?? "") ?? [];
  const sha256 = parseContentDigest(headers.get(CONTENT_DIGEST) ?? "");
  return bytes === undefined || sha256 === null ? null : { bytes: Number(bytes), sha256 };
}
