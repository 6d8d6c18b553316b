import Link from "next/link";
import { PhoneText } from "./phone-text";

type PhoneLinkProps = { phoneId: string; phone: string };

/** A number on record, and the way to all that is known of it. Who looks there is on record, so nothing is fetched ahead. */
export const PhoneLink = ({ phoneId, phone }: PhoneLinkProps) => (
  <Link href={`/numbers/${phoneId}`} prefetch={false}>
    <PhoneText phone={phone} />
  </Link>
);
