/** Handlers of events that an area below raises and an area above acts on, in the same transaction. */
import { organizationFounded } from "./account/organization/internal.ts";
import { watchCallLog } from "./audience/campaign/internal.ts";
import { callsRecorded } from "./calling/call/internal.ts";
import { linkLateCalls } from "./desk/complaint/internal.ts";
import { stateAdoption } from "./proof/record/internal.ts";

organizationFounded.handle(async (ctx) => {
  await stateAdoption(ctx, { suppressions: 0 });
});

callsRecorded.handle(async (ctx, { callIds, ofCampaigns }) => {
  await watchCallLog(ctx, ofCampaigns);
  await linkLateCalls(ctx, callIds);
});
