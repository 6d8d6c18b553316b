import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Pkcs11Token } from "@ringfence/services/proof/ledger";

/**
 * Opens tokens through the `openTokens` function of the operator's module. It uses `pkcs11js`,
 * which has to be compiled on that machine and for the token's own library.
 */
export async function openTokens(file: string): Promise<readonly Pkcs11Token[]> {
  const module: { openTokens?: () => Promise<readonly Pkcs11Token[]> } = await import(
    pathToFileURL(path.resolve(file)).href
  );
  if (typeof module.openTokens !== "function") throw new Error(`${file} exports no openTokens`);
  return module.openTokens();
}
