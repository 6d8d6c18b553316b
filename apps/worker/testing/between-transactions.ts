import type { Db } from "@ringfence/db";

/** A database where a test acts after each transaction, before the caller continues. */
export function betweenTransactions(db: Db, act: () => Promise<void>): Db {
  const scoped = new Proxy(db.scoped, {
    get(target, name): unknown {
      if (name !== "$transaction") return Reflect.get(target, name);
      return async (...work: Parameters<typeof target.$transaction>) => {
        const done: unknown = await target.$transaction(...work);
        await act();
        return done;
      };
    },
  });
  return { ...db, scoped };
}
