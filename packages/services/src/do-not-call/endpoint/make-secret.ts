import type { TransactionContext } from "../../platform/context.ts";

/** As Standard Webhooks writes it: `whsec_`, and 256 of the 366 random bits of three UUIDs. */
export async function makeSecret({ db }: TransactionContext): Promise<string> {
  const [made] = await db.$queryRaw<[{ secret: string }]>`
    SELECT 'whsec_' || encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
      || uuid_send(gen_random_uuid())), 'base64') AS secret`;
  return made.secret;
}
