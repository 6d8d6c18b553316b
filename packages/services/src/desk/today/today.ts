import { query } from "../../platform/verb.ts";
import { z } from "zod";
import { may } from "@ringfence/core/platform/access";
import { countDay } from "../../account/organization/count-day.ts";
import { listRegistries } from "../../do-not-call/registry/list-registries.ts";
import { listNeeds } from "./list-needs.ts";
import { callsOfMonth } from "./calls-of-month.ts";
import { refusalSpeed } from "./refusal-speed.ts";
import { refusalsOfDay } from "./refusals-of-day.ts";

/**
 * The first page of the day: what waits for a person, what was screened and why it was refused, how
 * fast refusals were, which calls passed the gate by, and how old registries are (null for who may not
 * read them). `zone` (IANA name) says when a day began.
 */
export const today = query({
  name: "today",
  action: "organization.read",
  input: z.custom<{ zone: string }>(),
  run: async (ctx, { zone }) => ({
    needs: await listNeeds(ctx),
    day: await countDay(ctx, { zone }),
    refusals: await refusalsOfDay(ctx),
    speed: await refusalSpeed(ctx),
    month: await callsOfMonth(ctx),
    registries: may(ctx.actor, "registry.read") ? await listRegistries(ctx) : null,
  }),
  audit: "by run",
});

export type Today = Awaited<ReturnType<typeof today>>;
