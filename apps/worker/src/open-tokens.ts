import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Pkcs11Token } from "@ringfence/services/proof/ledger";

/**
 * The tokens that a module of the operator's opens, by a function `openTokens`: with `pkcs11js`, which
 * has to be compiled where it runs and for the token's own library.
 */
export async function openTokens(file: string): Promise<readonly Pkcs11Token[]> {
  const module: { openTokens?: () => Promise<readonly Pkcs11Token[]> } = await import(
    pathToFileURL(path.resolve(file)).href
  );
  if (typeof module.openTokens !== "function") throw new Error(`${file} exports no openTokens`);
  return module.openTokens();
}
