import { type BurstLiftingId, type OptOutId, RefusalBurstId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { answerBurstLifting, proposeBurstLifting } from "../src/do-not-call/burst/decide.ts";
import { liftBurst } from "../src/do-not-call/burst/lift.ts";
import type { RootContext } from "../src/platform/context.ts";
import { findRefusalReasons } from "./corrections.ts";
import { aPublicPage } from "./floods.ts";

type Asked = { includesProof?: boolean; place?: number };

/** Creates a public page after a flood, with what officers can do about it. */
export async function aFloodedPage(phones?: readonly Phone[]) {
  const page = await aPublicPage();
  const flooded = await page.flood(phones);
  const burstId = async (place = 0) => RefusalBurstId.parse((await page.bursts())[place]?.id);
  const propose = async ({ includesProof = false, place = 0 }: Asked = {}) =>
    proposeBurstLifting(page.officer, {
      id: await burstId(place),
      reason: "A script sent them.",
      includesProof,
    });
  /** Lifts the burst like the job does, batch after batch. */
  const perform = async (liftingId: BurstLiftingId) => {
    const job: RootContext = { ...page.officer, actor: { type: "job", name: "burst.lift" } };
    let after: OptOutId | null = null;
    do after = await liftBurst(job, { liftingId, after });
    while (after !== null);
  };
  const lift = async (asked: Asked = {}) => {
    const { id } = await propose(asked);
    await answerBurstLifting(page.other, { id, isAccepted: true });
    await perform(id);
  };
  const isRefused = async (phone: string) =>
    (await findRefusalReasons(page.officer, phone)).includes("opted-out");
  return { ...page, ...flooded, burstId, propose, perform, lift, isRefused };
}
