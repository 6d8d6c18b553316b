/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { findEligibleOffers } from "./eligibility.ts";
export { listOffers } from "./list.ts";
export { type OfferVersion, assertOnePurpose, loadCampaignOffers, lockOffers } from "./offer.ts";
