import { PreviewRule } from "@ringfence/core/audience/segment";
import type { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";

/** The records made for one of the two sellers. */
export type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>["shop"];

type Asks = Readonly<Record<string, (of: Rows) => unknown>>;

const ofCampaign = ({ campaignId }: Rows) => ({ campaignId });
const ofForm = ({ formId }: Rows) => ({ formId });
const ofDisclosure = ({ disclosureId }: Rows) => ({ disclosureId });
const ofScrub = ({ scrubId }: Rows) => ({ scrubId });
const ofRow = ({ scrubId }: Rows) => ({ scrubId, row: 1 });
const ofScreening = ({ screening }: Rows) => ({ screeningId: screening.id });
const ofSegment = ({ segmentId }: Rows) => ({ segmentId });
const ofRule = ({ rule, seller }: Rows) => PreviewRule.parse({ rule, seller });
const ofCall = ({ segmentId, seller }: Rows) => ({ segmentId, seller });

/** Procedures for one seller's data, which members for other sellers are refused. */
export const oneSellerInputs: Asks = {
  "archive.archive": ({ segmentId }) => ({ kind: "segment", id: segmentId }),
  "campaign.read": ofCampaign,
  "campaign.preflight": ofCampaign,
  "campaign.duties": ofCampaign,
  "campaign.results": ofCampaign,
  "campaign.save": ({ campaignId, plan }) => ({
    campaign: { id: campaignId, version: 1 },
    ...plan,
  }),
  "campaign.move": ({ campaignId }) => ({ campaignId, act: "submit" }),
  "captureForm.read": ofForm,
  "consent.read": ({ consent }) => ({ consentId: consent.id }),
  "disclosure.read": ofDisclosure,
  "offer.match": ({ contactId, seller }) => ({ contactId, seller }),
  "phone.find": ({ phones, seller }) => ({ phone: phones.consent, seller }),
  "phone.read": ({ phoneIds, seller }) => ({ phoneId: phoneIds.consent, seller }),
  "screening.read": ofScreening,
  "screening.again": ofScreening,
  "screening.readRow": ofRow,
  "screening.rowAgain": ofRow,
  "scrub.read": ofScrub,
  "scrub.repeat": ofScrub,
  "segment.read": ofSegment,
  "segment.versions": ofSegment,
  "segment.count": ofRule,
  "segment.sample": ofRule,
  "segment.nodes": ofRule,
  "segment.spread": (of) => ({ ...ofRule(of), field: "@zone" }),
  "segment.draw": ofRule,
  "segment.save": ({ segmentId, segmentName: name }) => ({
    segment: { id: segmentId, version: 1 },
    name,
    rule: { is: "all", of: [] },
  }),
  "segment.waterfall": ofCall,
  "segment.askForWaterfall": ofCall,
  "segment.people": (of) => ({ ...ofCall(of), place: "callable" }),
  "segment.person": (of) => ({ ...ofCall(of), contactId: of.contactId }),
};

/** Procedures that list data of all the member's sellers and omit that of others. */
export const listInputs: Asks = {
  "campaign.list": () => undefined,
  "captureForm.list": () => undefined,
  "captureForm.listWithConsents": () => undefined,
  "consent.list": () => ({}),
  "disclosure.list": () => undefined,
  "phone.find": ({ phones }) => ({ phone: phones.consent }),
  "phone.read": ({ phoneIds }) => ({ phoneId: phoneIds.consent }),
  "run.list": () => ({}),
  "scrub.list": () => ({}),
  "search.find": () => ({ text: "o" }),
  "segment.list": () => undefined,
  "segment.world": () => undefined,
};
