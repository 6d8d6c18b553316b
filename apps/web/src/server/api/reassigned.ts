import { ReassignedQueryId } from "@ringfence/core/ids";
import {
  createReassignedQuery,
  listReassignedQueries,
} from "@ringfence/services/do-not-call/reassigned";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

const Queries = z.object({ after: ReassignedQueryId.optional() });

export const reassignedRouter = {
  list: memberProcedure.input(Queries).query(({ ctx, input }) => listReassignedQueries(ctx, input)),

  ask: memberProcedure.mutation(({ ctx }) => createReassignedQuery(ctx)),
} satisfies TRPCRouterRecord;
