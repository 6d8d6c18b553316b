import { memberRouter } from "./member";
import { organizationRouter } from "./organization";
import { purposeRouter } from "./purpose";
import { registryRouter } from "./registry";
import { runRouter } from "./run";
import { scrubRouter } from "./scrub";
import { sellerRouter } from "./seller";
import { createCallerFactory, createRouter } from "./trpc";

export const appRouter = createRouter({
  member: memberRouter,
  organization: organizationRouter,
  purpose: purposeRouter,
  registry: registryRouter,
  run: runRouter,
  scrub: scrubRouter,
  seller: sellerRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
