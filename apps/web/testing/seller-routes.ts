import { createHash } from "node:crypto";
import type { Rows } from "./seller-inputs";

/** Values for the `[…]` parts of a route's path, for its query, and for the request body. */
export type RouteRequest = {
  /** The value, if there is one part. */
  id?: string;
  params?: Readonly<Record<string, string>>;
  query?: string;
  body?: string;
};

type Asks = Readonly<Record<string, (of: Rows) => RouteRequest>>;

/** Routes for one seller's data. */
export const oneSellerRoutes: Asks = {
  "POST scrubs/[scrubId]/result": ({ scrubId }) => ({ id: scrubId }),
  "POST uploads/scrubs": ({ seller }) => ({
    query: `?purpose=marketing&header=true&seller=${seller}`,
    body: "phone\n+12015550100\n",
  }),
};

/** Routes that list data of all the member's sellers. */
export const listRoutes: Asks = {
  "GET campaigns.csv": () => ({}),
  "GET disclosures.csv": () => ({}),
  "GET forms.csv": () => ({}),
  "GET scrubs.csv": () => ({}),
  "GET segments.csv": () => ({}),
};

/** Routes for data of no seller. */
export const sellerlessRoutes: Asks = {
  "POST contacts.csv": () => ({}),
  "GET imports.csv": () => ({}),
  "GET offers.csv": () => ({}),
  "GET registries/[registryId]/readings.csv": ({ campaignId }) => ({ id: campaignId }),
  "GET imports/[importId]/remarks": ({ campaignId }) => ({ id: campaignId }),
  "GET rule-sets/[hash]": () => ({ id: createHash("sha256").digest("hex") }),
  "POST uploads/evidence": () => ({ query: "?kind=scan", body: "%PDF-1.7" }),
  "POST uploads/imports": () => ({ query: "?kind=contacts", body: "phone\n+12015550101\n" }),
};

/** Routes whose content is tested elsewhere, and where. */
export const routesTestedElsewhere: Readonly<Record<string, string>> = {
  "GET trpc/[trpc]": "every procedure: src/trpc/seller-limit.int.test.ts",
  "POST trpc/[trpc]": "every procedure: src/trpc/seller-limit.int.test.ts",
};
