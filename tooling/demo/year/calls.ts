import { ScreenBatch } from "@ringfence/core/calling/screening";
import { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { inTransaction } from "@ringfence/services/context";
import { recordCalls } from "@ringfence/services/calling/call";
import { screenBatch } from "@ringfence/services/calling/screening";
import { judgeCalls } from "@ringfence/services/calling/violation";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { createRandom } from "../../../bench/generators/random.ts";
import { plannedCampaigns, purposeOfProduct } from "./campaigns.ts";
import type { Customer } from "./cast.ts";
import { DAY_MS, HOUR_MS, type Stage, WEEK_MS } from "./stage.ts";

/** People screened in an hour by month: many in spring and before the holidays, few in July and around New Year. */
const busyByMonth = [22, 30, 40, 43, 40, 27, 17, 19, 34, 43, 47, 29];
/** The bank calls in only two hours of each week: with every hour, creating the demo would take a minute. */
const callHours = [
  { day: 2, hour: 16 },
  { day: 4, hour: 20 },
];
/**
 * In the last two days the bank calls every hour, from morning in the east to evening in the west, because Today shows
 * each hour.
 */
const LAST_DAYS = 2;
const PEOPLE_AN_HOUR = 12;

/** An hour in which the bank calls, and how many people it plans to call. */
type CallHour = { at: Date; people: number };

/** Lists the hours between two times in which the bank calls. */
export function listCallHours(stage: Stage, from: Date, until: Date): CallHour[] {
  const hours: CallHour[] = [];
  const first = Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS;
  for (let time = first; time < until.getTime(); time += HOUR_MS) {
    const at = new Date(time + ((time / HOUR_MS) % 7) * 6 * 60_000);
    if (at >= until) break;
    const [day, hour] = [at.getUTCDay(), at.getUTCHours()];
    if (stage.end.getTime() - time < LAST_DAYS * DAY_MS) {
      if (hour >= 14 || hour < 3) hours.push({ at, people: PEOPLE_AN_HOUR });
    } else if (callHours.some((call) => call.day === day && call.hour === hour)) {
      hours.push({ at, people: busyByMonth[at.getUTCMonth()] ?? 0 });
    }
  }
  return hours;
}

/** Creates the functions that place calls. The same customers get the same calls at every start. */
export function createCaller(stage: Stage, customers: readonly Customer[]) {
  const random = createRandom(52);
  let serial = 0;
  const nextId = () => `demo-call-${++serial}`;

  /** Screens people and calls those who may be called. Some of them opt out on the call. */
  async function call({ at, people }: CallHour) {
    const agent = stage.as(serial % 2 === 0 ? "dana.brooks" : "miguel.santos");
    const week = (at.getTime() - stage.at(0).getTime()) / WEEK_MS;
    const called = new Set<Customer>();
    for (let n = 0; n < people; n++) {
      const customer = customers[Math.floor(random() * customers.length)];
      if (customer !== undefined && customer.week <= week) called.add(customer);
    }
    const items = [...called].map((customer) => toItem(customer, week));
    if (items.length === 0) return;
    await stage.clock.set(at);
    const defaults = { seller: "demo-bank" };
    const { results } = await screenBatch(agent, ScreenBatch.parse({ defaults, items }));
    const calls = results.flatMap(({ phone, verdict, id }, index) => {
      const item = items[index];
      if (verdict !== "allow" || phone === null || item === undefined) return [];
      const outcome = drawOutcome(random());
      const seconds = 2 + Math.floor(random() * 50);
      return [
        {
          ...item,
          externalId: nextId(),
          phone: String(phone),
          seller: "demo-bank",
          screening: id,
          at: new Date(at.getTime() + seconds * 1_000).toISOString(),
          outcome,
          seconds: talkTime(outcome, random()),
        },
      ];
    });
    if (calls.length === 0) return;
    await stage.clock.set(new Date(at.getTime() + 70_000));
    await inTransaction(
      stage.as("officer"),
      async (ctx) => {
        await recordCalls(ctx, { rows: calls });
        for (const { phone, outcome } of calls) {
          if (outcome !== "opted_out") continue;
          await recordOptOut(
            { ...ctx, actor: agent.actor },
            RecordOptOut.parse({ phone, channel: random() < 0.7 ? "agent" : "disposition" }),
          );
        }
      },
      { timeoutMs: 60_000 },
    );
  }

  /** Records a call that no screening allowed. */
  async function callWithout(at: Date, phone: string) {
    await stage.clock.set(new Date(at.getTime() + 60_000));
    const row = { seller: "demo-bank", purpose: "marketing", outcome: "reached", seconds: 48 };
    await recordCalls(stage.as("officer"), {
      rows: [{ ...row, externalId: nextId(), phone, at: at.toISOString() }],
    });
  }

  return { call, callWithout };
}

/** The call to screen for a customer: of the campaign for their product, or without a campaign. */
function toItem({ phone, product }: Customer, week: number) {
  const campaign = plannedCampaigns.find(
    ({ calls, ...planned }) =>
      planned.product === product && calls && calls.from <= week && week < calls.until,
  );
  return campaign === undefined
    ? { phone, purpose: "marketing", dialer: "live_agent" as const }
    : {
        phone,
        purpose: purposeOfProduct(product),
        dialer: "live_agent" as const,
        campaign: campaign.key,
      };
}

/** Outcomes, with how many of a thousand calls end so. */
const outcomes = [
  ["no_answer", 430],
  ["busy", 60],
  ["failed", 20],
  ["reached", 250],
  ["refused", 135],
  ["accepted", 92],
  ["opted_out", 13],
] as const;

function drawOutcome(chance: number) {
  let sum = 0;
  for (const [outcome, permille] of outcomes) {
    sum += permille / 1_000;
    if (chance < sum) return outcome;
  }
  return "no_answer";
}

const talkTime = (outcome: string, chance: number) =>
  ["reached", "refused", "accepted", "opted_out"].includes(outcome)
    ? 15 + Math.floor(chance * (outcome === "accepted" ? 400 : 90))
    : 0;

/** Judges all calls that are waiting, as the worker does every minute. */
export async function judgeAll(stage: Stage) {
  while ((await judgeCalls(stage.job("violation.scan"), {})) > 0);
}
