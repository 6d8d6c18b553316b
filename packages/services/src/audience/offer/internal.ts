/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { findEligibleOffers } from "./eligibility.ts";
export { listOffers } from "./list.ts";
export { type OfferVersion, assertOnePurpose, loadCampaignOffers, lockOffers } from "./offer.ts";
