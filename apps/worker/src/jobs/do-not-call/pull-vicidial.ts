import { readLeads, createOptOutSearches } from "@ringfence/core/do-not-call/endpoint";
import {
  pullVicidialJob,
  readVicidial,
  recordPull,
} from "@ringfence/services/do-not-call/endpoint";
import { recordDialerList } from "@ringfence/services/do-not-call/inbound";
import type { Answer, NoAnswer } from "../../deliveries/exchange.ts";
import { askVicidial } from "../../deliveries/deliver-to-dialers.ts";
import { performJob } from "../platform/define-job.ts";

/**
 * Takes over the opt-outs that were entered in VICIdial, or matched its own lists, since the last
 * pull.
 */
export const pullVicidial = performJob(
  pullVicidialJob,
  async (jobCtx, { endpointId }, { sources, signal }) => {
    const ctx = { ...jobCtx, actor: { ...jobCtx.actor, subjectId: endpointId } };
    const { settings, days, askedAt } = await readVicidial(ctx, endpointId);
    const reach = { privateHosts: sources.privateHosts, signal };
    for (const search of createOptOutSearches(days, settings)) {
      const answer = await askVicidial(settings, search, reach);
      const leads = "text" in answer && answer.status === 200 ? readLeads(answer.text) : null;
      // Throw, so that the queue asks again: what was not read is unknown.
      if (leads === null)
        throw new Error(`VICIdial did not list its opt-outs: ${describeFailure(answer)}`);
      const entries = leads.map(({ phone, call }) => ({
        phone,
        report: call && `${endpointId} ${search.status} ${call}`,
      }));
      await recordDialerList(ctx, { entries, isOurs: search.status !== "DNC" });
    }
    await recordPull(ctx, { endpointId, askedAt });
  },
);

/** Why a pull failed, without the words of the answer, which may contain numbers. */
const describeFailure = (answer: Answer | NoAnswer) =>
  "fault" in answer ? answer.fault : `its answer of status ${answer.status} was not understood`;
