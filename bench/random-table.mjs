/** Segments of 5 users to half the panel and values of 0.1 to 50 %, both even on a log scale; half of the tables with an association. */
export function randomTable(random, panel) {
  const inside = Math.floor(5 * (panel / 10) ** random());
  const prevalence = 0.001 * 500 ** random();
  const ratio = random() < 0.5 ? 1 : Math.exp(2 * random() - 1);
  const a = draw(random, inside, Math.min(0.95, prevalence * ratio));
  const c = draw(random, panel - inside, prevalence);
  return { a, b: inside - a, c, d: panel - inside - c };
}

function draw(random, n, p) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  if (n * p >= 10) return Math.max(0, Math.min(n, Math.round(n * p + normal * Math.sqrt(n * p * (1 - p)))));
  let k = 0;
  for (let product = random(); product > Math.exp(-n * p); product *= random()) k += 1;
  return Math.min(n, k);
}
