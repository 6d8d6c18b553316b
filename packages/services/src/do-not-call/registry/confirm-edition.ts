import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { RegistryId } from "@ringfence/core/ids";
import type { Validators } from "@ringfence/core/do-not-call/registry";
import { lockRegistry } from "./lock-registry.ts";
import { markVerified } from "./mark-verified.ts";

/** The source still offers these very bytes. */
export type ConfirmEdition = {
  registryId: RegistryId;
  revision: number;
  sha256: string;
  readAt: Date;
  validators: Validators | null;
};

/** Counts the age of the edition in force anew; `outdated` when it is another by now. */
export const confirmEdition = command({
  name: "confirmEdition",
  action: "registry.apply",
  input: z.custom<ConfirmEdition>(),
  run: async (ctx, input): Promise<{ outcome: "unchanged" | "outdated" }> => {
    const { revision, sha256 } = await lockRegistry(ctx, input.registryId);
    if (revision !== input.revision || sha256 !== input.sha256) return { outcome: "outdated" };
    await markVerified(ctx, input.registryId, input);
    return { outcome: "unchanged" };
  },
  audit: "by run",
});
