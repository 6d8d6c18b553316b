export {
  createStopLink,
  listPublicOrganizations,
  openPublicPage,
  openReceiptLink,
  openStopLink,
} from "./links.ts";
export { type OptOutChoices, optOutByLink, optOutOnPage, readOptOutChoices } from "./stop-page.ts";
