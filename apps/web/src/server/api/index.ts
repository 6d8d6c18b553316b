import { memberRouter } from "./member";
import { organizationRouter } from "./organization";
import { registryRouter } from "./registry";
import { createCallerFactory, createRouter } from "./trpc";

export const appRouter = createRouter({
  member: memberRouter,
  organization: organizationRouter,
  registry: registryRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
