/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { type KnownSeller, loadSellers, resolveSellerIds } from "./sellers.ts";
