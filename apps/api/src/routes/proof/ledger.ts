import { toJwkSet } from "@ringfence/core/platform/public-key";
import { TILE_WIDTH, parseTilePath } from "@ringfence/core/proof/ledger";
import type { Db } from "@ringfence/db";
import {
  ProofView,
  readLogPolicy,
  readProof,
  readSignedCheckpoint,
  readTileBytes,
} from "@ringfence/services/proof/ledger";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Keys } from "@ringfence/services/platform/keys";
import { ProblemError } from "../../problem.ts";
import { textBody } from "../../openapi/document-answers.ts";
import { requireContext } from "../../authenticate.ts";

type Server = Parameters<FastifyPluginAsyncZod>[0];
type Options = { db: Db };

const tags = ["Ledger"];
const TEXT = "text/plain; charset=utf-8";
/** For tiles. Their bytes never change: the path of an unfinished one ends with its width (`000.p/5`). */
const FOREVER = "public, max-age=31536000, immutable";
/** An answer in plain text, for the OpenAPI document. */
const plainText = {
  description: "The file.",
  content: { "text/plain": { schema: textBody } },
};

/**
 * Serves the log in the formats of common tools: C2SP tlog-tiles and tlog-policy. Everybody can read it without an API
 * key, because these routes are not among `keyedRoutes`.
 */
export const ledgerRoutes: FastifyPluginAsyncZod<Options> = async (server, { db }) => {
  serveCheckpoint(server, db);
  servePolicy(server, db);
  serveTiles(server, db);
};

function serveCheckpoint(server: Server, db: Db) {
  server.get(
    "/checkpoint",
    {
      schema: {
        tags,
        operationId: "readCheckpoint",
        summary: "Get the latest checkpoint, signed by the log and its witnesses",
        description:
          "The tiles are next to it, in the layout of C2SP tlog-tiles: `/ledger/tile/0/x001/234`, " +
          "`/ledger/tile/1/000.p/5`, `/ledger/tile/entries/000`.",
        response: { 200: plainText },
      },
    },
    async (_, reply) => {
      const checkpoint = await readSignedCheckpoint(db);
      if (checkpoint === null) throw new ProblemError("not-found", { key: "ledger.no-checkpoint" });
      return reply.type(TEXT).send(checkpoint.note);
    },
  );
}

function servePolicy(server: Server, db: Db) {
  server.get(
    "/policy",
    {
      schema: {
        tags,
        operationId: "readLedgerPolicy",
        summary: "Get the keys of the log and the trusted witnesses",
        response: { 200: plainText },
      },
    },
    async (_, reply) => reply.type(TEXT).send(await readLogPolicy(db)),
  );
}

function serveTiles(server: Server, db: Db) {
  server.get(
    "/tile/*",
    {
      // Without tags, which keeps it out of the OpenAPI document. OpenAPI cannot describe such paths; C2SP tlog-tiles
      // does.
      schema: { params: z.object({ "*": z.string() }) },
    },
    async (request, reply) => {
      const requested = parseTilePath(`tile/${request.params["*"]}`);
      const tile = requested && (await readTileBytes(db, requested));
      if (!tile) {
        const values = { width: TILE_WIDTH };
        throw new ProblemError("not-found", { key: "ledger.no-tile", values });
      }
      return reply
        .type("application/octet-stream")
        .header("cache-control", FOREVER)
        .send(Buffer.from(tile));
    },
  );
}

const KeySet = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal("OKP"),
        crv: z.literal("Ed25519"),
        x: z.string(),
        kid: z.string(),
        use: z.literal("sig"),
        alg: z.literal("EdDSA"),
      }),
    ),
  })
  .meta({ id: "KeySet", description: "A JWK set (RFC 7517)." });

/**
 * Serves the public keys that verify permits and statements, for checks without us: for permits the current key and
 * those rotated within the last day, for statements all keys there ever were. Everybody can read them without an API
 * key, because this route is not among `keyedRoutes`.
 */
export const keyRoutes: FastifyPluginAsyncZod<{ keys: Keys }> = async (server, { keys }) => {
  server.get(
    "/.well-known/jwks.json",
    {
      schema: {
        tags: ["Screening"],
        operationId: "permitKeys",
        summary: "Get the public keys to verify permits and statements offline",
        response: { 200: KeySet },
      },
    },
    () => toJwkSet([...keys.permitKeys, ...keys.statementKeys]),
  );
};

/**
 * Serves proofs. The API key is required by `keyedRoutes`, and its scope (`proofs:read`) by `readProof`. The
 * `documentedAction` below protects nothing.
 */
export const proofRoutes: FastifyPluginAsyncZod = async (server) => {
  server.get(
    "/proofs/:id",
    {
      config: { documentedAction: "proof.read" },
      schema: {
        tags: ["Proofs"],
        operationId: "readProof",
        summary: "Get the proof of a statement or a screening, which anyone can verify without us",
        description:
          "`id` is the id of a statement, as answers give it, or of a screening. `spicy` is what Debian's " +
          "`spicy-litetlog -verify` reads next to a file with the bytes of `leaf`.",
        params: z.object({ id: z.string() }),
        response: { 200: ProofView },
      },
    },
    (request) => readProof(requireContext(request), request.params.id),
  );
};
