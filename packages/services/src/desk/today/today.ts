import { may } from "@ringfence/core/platform/access";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
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
export async function today(ctx: ServiceContext, { zone }: { zone: string }) {
  allow(ctx, "organization.read");

  return inTransaction(ctx, async (ctx) => ({
    needs: await listNeeds(ctx),
    day: await countDay(ctx, { zone }),
    refusals: await refusalsOfDay(ctx),
    speed: await refusalSpeed(ctx),
    month: await callsOfMonth(ctx),
    registries: may(ctx.actor, "registry.read") ? await listRegistries(ctx) : null,
  }));
}

export type Today = Awaited<ReturnType<typeof today>>;
