/** Search, counts and copying; the page says everything without it. */
export const SCRIPT = `
const checks = [...document.querySelectorAll('.check')];
const boxes = [...document.querySelectorAll('.chip input')];
const search = document.getElementById('search');
const shown = document.getElementById('shown');

function apply() {
  const statuses = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const check of checks) {
    const text = check.textContent.toLowerCase();
    check.hidden = !statuses.has(check.dataset.status) || !words.every((word) => text.includes(word));
  }
  for (const section of document.querySelectorAll('.section')) {
    section.hidden = !section.querySelector('.check:not([hidden])');
  }
  shown.textContent = checks.filter((check) => !check.hidden).length + ' of ' + checks.length + ' checks shown';
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.matches('.check')) target.open = true;
}

for (const block of document.querySelectorAll('pre.curl')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = 'Copied';
  });
  if (navigator.clipboard) block.after(button);
}

document.querySelector('.search').hidden = false;
document.querySelector('.filters').addEventListener('input', apply);
document.querySelector('.filters').addEventListener('submit', (event) => event.preventDefault());
addEventListener('hashchange', reveal);
reveal();
apply();
`;
