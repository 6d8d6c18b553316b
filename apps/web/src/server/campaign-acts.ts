import "server-only";
import { actionByAct, type CampaignAct } from "@ringfence/core/audience/campaign";
import { say } from "@ringfence/core/platform/message";
import type { CampaignView } from "@ringfence/services/audience/campaign";
import type { CurrentMember } from "@ringfence/services/account/member";
import { whyNot } from "./why-not";

const isPersons = (act: CampaignAct): act is keyof typeof actionByAct => act in actionByAct;

/**
 * Lists the acts that people can take in a campaign's state, and why this member may not, by role or by
 * state.
 */
export const listActs = async (member: CurrentMember, acts: CampaignView["acts"]) =>
  Promise.all(
    acts
      .filter(({ act }) => isPersons(act))
      .map(async ({ act, fault }) => {
        const byRole = isPersons(act) ? await whyNot(member, actionByAct[act]) : undefined;
        return {
          act,
          whyNot: byRole ?? (fault ? say(member.locale, fault, member.zone) : undefined),
        };
      }),
  );
