import pytest
from support import priced


@pytest.mark.parametrize("kind", ["client", "device", "partner", "server"])
def test_boxes_outside_aws_are_drawn_and_never_priced(kind):
    result = priced(
        f"a: {{type: {kind}}}\nb: {{type: server}}", "- a -> b: {rate: 1000/s, size: 1 MB}"
    )

    assert result.charges == ()
    assert result.complete
    assert result.list_cost == 0
