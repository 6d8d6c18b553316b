import type { TransactionContext } from "../context.ts";

/** 256 bits, of the 366 random ones that PostgreSQL puts into three UUIDs. */
export async function generateSecret({ db }: TransactionContext): Promise<Uint8Array> {
  const [made] = await db.$queryRaw<[{ secret: Uint8Array }]>`
    SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
      || uuid_send(gen_random_uuid())) AS secret`;
  return made.secret;
}
