import type { LucideIcon } from "lucide-react";

type IconProps = { of: LucideIcon; className?: string };

/** Icon beside a word that says the same. Screen readers skip it. */
export const Icon = ({ of: Shape, className }: IconProps) => (
  <Shape aria-hidden size={16} strokeWidth={1.75} className={className} />
);

/** The logo: twelve pickets, one of them open. */
const pickets =
  "M17.63 15.25L21.31 17.38M15.25 17.63L17.38 21.31M12 18.5L12 22.75M8.75 17.63L6.63 21.31M6.37 15.25L2.69 17.38M5.5 12L1.25 12M6.37 8.75L2.69 6.63M8.75 6.37L6.62 2.69M12 5.5L12 1.25M15.25 6.37L17.38 2.69M17.63 8.75L21.31 6.62";

export const Mark = () => (
  <svg aria-hidden width="22" height="22" viewBox="0 0 24 24" stroke="currentColor" fill="none">
    <path d={pickets} strokeWidth="2" />
    <path d="M24 12H12" strokeWidth="1.5" />
    <circle cx="12" cy="12" r="2" fill="currentColor" stroke="none" />
  </svg>
);
