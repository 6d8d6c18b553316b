import Link from "next/link";
import { PhoneText } from "./phone-text";

type PhoneLinkProps = { phoneId: string; phone: string };

/** Link to the page of a phone on record. It is not prefetched, because opening the page is audited. */
export const PhoneLink = ({ phoneId, phone }: PhoneLinkProps) => (
  <Link href={`/numbers/${phoneId}`} prefetch={false}>
    <PhoneText phone={phone} />
  </Link>
);
