import { createCallerFactory, createRouter } from "./trpc";

export const appRouter = createRouter({});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
