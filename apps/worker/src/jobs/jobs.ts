import type { Job } from "./define-job.ts";
import { countContacts } from "./count-contacts.ts";
import { runFormCheck } from "./run-form-check.ts";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { eraseFromFiles } from "./erase-from-files.ts";
import { followActivities } from "./follow-activities.ts";
import { liftBurst } from "./lift-burst.ts";
import { pullVicidial } from "./pull-vicidial.ts";
import { refreshSegment } from "./refresh-segment.ts";
import { runImport } from "./run-import.ts";
import { runScrub } from "./run-scrub.ts";
import { scanViolations } from "./scan-violations.ts";
import { sweepBlockedLists } from "./sweep-blocked-lists.ts";
import { sweepCalls } from "./sweep-calls.ts";
import { sweepCampaigns } from "./sweep-campaigns.ts";
import { sweepConfirmations } from "./sweep-confirmations.ts";
import { sweepCounts } from "./sweep-counts.ts";
import { sweepDeliveries } from "./sweep-deliveries.ts";
import { screenSegment } from "./screen-segment.ts";
import { sendBurstAlarm } from "./send-burst-alarm.ts";
import { sendConfirmation } from "./send-confirmation.ts";
import { sendPersonCode } from "./send-person-code.ts";
import { sweepFileErasures } from "./sweep-file-erasures.ts";
import { sweepPersonCodes } from "./sweep-person-codes.ts";
import { sendRegistryAlert } from "./send-registry-alert.ts";
import { sendMemberLink } from "./send-member-link.ts";
import { sendReceipt } from "./send-receipt.ts";
import { sweepRegistries } from "./sweep-registries.ts";
import { sweepRelevance } from "./sweep-relevance.ts";
import { sweepRetention } from "./sweep-retention.ts";
import { sweepScreenings } from "./sweep-screenings.ts";
import { sweepVicidial } from "./sweep-vicidial.ts";
import { sweepSegments } from "./sweep-segments.ts";
import { syncRegistry } from "./sync-registry.ts";
import { watchCampaigns } from "./watch-campaigns.ts";
import { watchRegistries } from "./watch-registries.ts";
import { writeBlockedList } from "./write-blocked-list.ts";
import { trainRelevance } from "./train-relevance.ts";

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
