import { ListContacts } from "@ringfence/core/people/contact";
import { ContactId } from "@ringfence/core/ids";
import { listContacts, readContact } from "@ringfence/services/desk/contact";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { memberProcedure } from "./trpc";

export const contactRouter = {
  list: memberProcedure.input(ListContacts).query(({ ctx, input }) => listContacts(ctx, input)),

  read: memberProcedure
    .input(z.object({ contactId: ContactId }))
    .query(({ ctx, input }) => readContact(ctx, input.contactId)),
} satisfies TRPCRouterRecord;
