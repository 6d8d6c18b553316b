import type { Job } from "./define-job.ts";
import { countContacts, sweepCounts } from "../do-not-call/count-contacts.ts";
import { runFormCheck } from "../consents/run-form-check.ts";
import { deliverWebhooks } from "../do-not-call/deliver-webhooks.ts";
import { eraseFromFiles } from "../desk/erase-from-files.ts";
import { followActivities } from "../audience/follow-activities.ts";
import { liftBurst } from "../do-not-call/lift-burst.ts";
import { pullVicidial } from "../do-not-call/pull-vicidial.ts";
import { refreshSegment } from "../audience/refresh-segment.ts";
import { runImport } from "../desk/run-import.ts";
import { runScrub } from "../calling/run-scrub.ts";
import { scanViolations, sweepCalls } from "../calling/scan-violations.ts";
import { sweepBlockedLists } from "../do-not-call/sweep-blocked-lists.ts";
import { sweepCampaigns } from "../audience/sweep-campaigns.ts";
import { sweepConfirmations } from "../consents/sweep-confirmations.ts";
import { sweepDeliveries } from "../do-not-call/sweep-deliveries.ts";
import { screenSegment } from "../audience/screen-segment.ts";
import { sendBurstAlarm } from "../do-not-call/send-burst-alarm.ts";
import { sendConfirmation } from "../consents/send-confirmation.ts";
import { sendPersonCode } from "../desk/send-person-code.ts";
import { sweepFileErasures } from "../desk/sweep-file-erasures.ts";
import { sweepPersonCodes } from "../desk/sweep-person-codes.ts";
import { sendRegistryAlert, watchRegistries } from "../do-not-call/registry-alerts.ts";
import { sendMemberLink } from "../account/send-member-link.ts";
import { sendReceipt } from "../proof/send-receipt.ts";
import { sweepRegistries, syncRegistry } from "../do-not-call/sync-registry.ts";
import { sweepRelevance } from "../audience/sweep-relevance.ts";
import { sweepRetention } from "./sweep-retention.ts";
import { sweepScreenings } from "../calling/sweep-screenings.ts";
import { sweepVicidial } from "../do-not-call/sweep-vicidial.ts";
import { sweepSegments } from "../audience/sweep-segments.ts";
import { watchCampaigns } from "../audience/watch-campaigns.ts";
import { writeBlockedList } from "../do-not-call/write-blocked-list.ts";
import { trainRelevance } from "../audience/train-relevance.ts";

/** All that workers do. */
export const jobs: readonly Job[] = [
  deliverWebhooks,
  sweepDeliveries,
  pullVicidial,
  sweepVicidial,
  sweepCalls,
  sweepCampaigns,
  watchCampaigns,
  scanViolations,
  sweepBlockedLists,
  writeBlockedList,
  sweepRegistries,
  watchRegistries,
  sweepCounts,
  countContacts,
  sendRegistryAlert,
  sendBurstAlarm,
  liftBurst,
  sweepRetention,
  sweepScreenings,
  syncRegistry,
  runImport,
  runScrub,
  runFormCheck,
  sendConfirmation,
  sweepConfirmations,
  sendPersonCode,
  sweepPersonCodes,
  eraseFromFiles,
  sweepFileErasures,
  sendMemberLink,
  sendReceipt,
  sweepSegments,
  refreshSegment,
  followActivities,
  screenSegment,
  sweepRelevance,
  trainRelevance,
];
