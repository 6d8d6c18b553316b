import canonicalize from "canonicalize";
import { zipSync } from "fflate";
import {
  PACK_TYPE,
  type PackFiles,
  type PackManifest,
  listPackFiles,
  packPaths,
} from "@ringfence/core/proof/pack";
import { type TransactionContext, signJws } from "../../platform/internal.ts";

/** Adds the signed list of all files, and packs them. `sha256` is that of the list (`manifest.json`). */
export function sealPack(
  { keys, organizationId, now }: Pick<TransactionContext, "keys" | "organizationId" | "now">,
  files: PackFiles,
): { zip: Uint8Array; sha256: string } {
  const manifest: PackManifest = {
    format: "ringfence/pack@v1",
    iss: `ringfence:${organizationId}`,
    iat: Math.floor(now.getTime() / 1_000),
    files: listPackFiles(files),
  };
  const encoder = new TextEncoder();
  const list = encoder.encode(canonicalize(manifest));
  const signature = encoder.encode(signJws(keys.statement, PACK_TYPE, manifest));
  const all = new Map(files).set(packPaths.manifest, list).set(packPaths.signature, signature);
  const [listed] = listPackFiles(new Map([[packPaths.manifest, list]]));
  // Recordings and scans are compressed already.
  const zipped = [...all].map(([path, content]): [string, [Uint8Array, { level?: 0 }]] => [
    path,
    [content, path.startsWith("past/evidence/") ? { level: 0 } : {}],
  ]);
  return { zip: zipSync(Object.fromEntries(zipped), { mtime: now }), sha256: listed?.sha256 ?? "" };
}
