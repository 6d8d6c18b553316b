export { archiveOffer, restoreOffer } from "./archive.ts";
export { type OfferListItem, type OfferDetails, listOffers, readOffer } from "./list.ts";
export { type MatchedOffer, matchOffers } from "./match.ts";
export { saveOffer } from "./save.ts";
