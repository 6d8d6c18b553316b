import { MakeApiKey } from "@ringfence/core/account/api-key";
import { ApiKeyId } from "@ringfence/core/ids";
import {
  listApiKeys,
  makeApiKey,
  revokeApiKey,
  takeOverApiKey,
} from "@ringfence/services/account/api-key";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const apiKeyRouter = {
  list: memberProcedure
    .input(z.object({ after: ApiKeyId.optional() }))
    .query(({ ctx, input }) => listApiKeys(ctx, input)),

  make: memberProcedure.input(MakeApiKey).mutation(({ ctx, input }) => makeApiKey(ctx, input)),

  takeOver: memberProcedure
    .input(z.object({ apiKeyId: ApiKeyId }))
    .mutation(({ ctx, input }) => takeOverApiKey(ctx, input.apiKeyId)),

  revoke: memberProcedure
    .input(z.object({ apiKeyId: ApiKeyId }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input.apiKeyId)),
} satisfies TRPCRouterRecord;
