import type { Totals } from '../../model/report.ts';
import { STATUSES } from '../status.ts';
import { html, type Markup } from './markup.ts';
import { badge } from './words.ts';

/** Totals that can be switched on and off: by style alone without a script, the search with one. */
export function filtersMarkup(totals: Totals): Markup {
  const present = STATUSES.filter((status) => totals[status] > 0);
  return html`<form class="filters" role="search" aria-label="Filter the checks">
    <fieldset>
      <legend>Show</legend>
      ${present.map(
        (status) =>
          html`<label class="chip"
            ><input type="checkbox" id="show-${status}" value="${status}" checked autocomplete="off" /> ${badge(status)}
            <span class="number">${totals[status]}</span></label
          >`,
      )}
    </fieldset>
    <label class="search" hidden>Find <input type="search" id="search" autocomplete="off" /></label>
    <p id="shown" role="status"></p>
  </form>`;
}
