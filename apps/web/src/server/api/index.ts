import { memberRouter } from "./member";
import { numberRouter } from "./number";
import { organizationRouter } from "./organization";
import { registryRouter } from "./registry";
import { todayRouter } from "./today";
import { createCallerFactory, createRouter } from "./trpc";

export const appRouter = createRouter({
  member: memberRouter,
  number: numberRouter,
  organization: organizationRouter,
  registry: registryRouter,
  today: todayRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
