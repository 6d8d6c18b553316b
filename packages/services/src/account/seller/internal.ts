/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { KnownSeller, loadSellers, resolveSellerIds, selectSellersAsJson } from "./sellers.ts";
