"""The report of an evaluation (`eval --json`)."""

from pydantic import BaseModel, ConfigDict, Field

from penchant.agent.recommend.tuning.setting import Tuned


class SystemResult(BaseModel):
    """Means over users; times are milliseconds per list."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    ndcg_10: float = Field(alias="ndcg@10")
    map_10: float = Field(alias="map@10")
    hr_10: float = Field(alias="hr@10")
    mrr: float = Field(description="Reciprocal rank; 0 beyond the 100th place")
    recall_50: float = Field(alias="recall@50")
    coverage: float
    gini: float
    ild: float
    calibration_js: float
    ms_p50: float
    ms_p95: float
    setting: str = Field("", description="The setting that the validation part has chosen")


class Significance(BaseModel):
    """nDCG@10 of `penchant` compared with one system, paired by user."""

    difference: float
    ratio: float | None = Field(description="Null if the other system has no hit")
    p: float


class NewItems(BaseModel):
    """nDCG@10 by system on choices of items that were new after the split."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    choices: int
    ndcg_10: dict[str, float] = Field(alias="ndcg@10")


class EvalReport(BaseModel):
    """The results of all systems on the same questions."""

    dataset: str
    protocol: str
    n_users: int
    n_choices: int = Field(0, description="Number of choices predicted: one per user, except under `stream`")
    new_items: NewItems | None = Field(None, description="Choices of items without any event before the split")
    n_validation: int
    best_baseline: str
    systems: dict[str, SystemResult]
    significance: dict[str, Significance]
    tuned: Tuned
    seconds: float = 0.0
