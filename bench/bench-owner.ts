/** The owner for whom benchmarks, the drill and the search for breaches act, who has just signed in. */
export const benchOwner = {
  type: "member",
  id: "bench",
  role: "owner",
  sellerIds: [],
  isProven: true,
} as const;
