import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { type RequestSignature, readRequestSignature } from "@ringfence/core/account/api-key";
import type { Fault } from "@ringfence/core/platform/message";
import { hasBody } from "@ringfence/services/platform/request-body";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { readBytes } from "./guard-bodies.ts";
import { signatureInvalid } from "./problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** SHA-256 that the body must have, by a signature that was verified. Null if the request needs none. */
    signedDigest: Uint8Array | null;
    /** True once the whole body was read and has that digest. */
    isBodyVerified: boolean;
  }
}

/** A signature that can be verified, or the faults because of which it cannot. An unsigned request has neither. */
type ReadSignature = { signature: RequestSignature | null; faults: readonly Fault[] };

const unsigned: ReadSignature = { signature: null, faults: [] };

/**
 * Reads the signature of a request (RFC 9421). Its address is taken from the request line, and its origin from the
 * settings, so that neither a proxy nor the caller decides which host was signed.
 */
export function readSignature({ raw }: FastifyRequest, origin: string): ReadSignature {
  const { headers, rawHeaders, method = "", url: target = "" } = raw;
  if (!("signature-input" in headers) && !("signature" in headers)) return unsigned;
  const request = { method, target, origin, rawHeaders, hasBody: hasBody(raw) };
  const read = readRequestSignature(request);
  return "faults" in read
    ? { signature: null, faults: read.faults }
    : { signature: read.signature, faults: [] };
}

/**
 * Compares the bodies of signed requests with their digests while they are read. No verb acts before the whole body was
 * compared: a body that is held is compared before its route is called, and a stream that is stored compares itself
 * before it is recorded (`answerUpload`).
 */
export function checkSignedBodies(server: FastifyInstance) {
  server.decorateRequest("signedDigest", null);
  server.decorateRequest("isBodyVerified", false);

  server.addHook("preParsing", async (request, _reply, payload) =>
    request.signedDigest === null
      ? payload
      : Readable.from(verifyBody(request, request.signedDigest, readBytes(request.raw)), {
          objectMode: false,
        }),
  );

  server.addHook("preHandler", async (request) => {
    const { signedDigest, isBodyVerified, routeOptions } = request;
    if (signedDigest === null || isBodyVerified) return;
    if (routeOptions.config.isStream?.(request)) return;
    throw signatureInvalid([{ path: "", message: { key: "signature.body-unread" } }]);
  });
}

/** Passes a body on, and fails at its end if it is not the one whose digest was signed. */
async function* verifyBody(
  request: FastifyRequest,
  digest: Uint8Array,
  content: AsyncIterable<Uint8Array>,
) {
  const hash = createHash("sha256");
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
  if (!hash.digest().equals(digest)) {
    throw signatureInvalid([{ path: "", message: { key: "signature.body" } }]);
  }
  request.isBodyVerified = true;
}
