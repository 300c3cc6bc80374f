from . import iot_bench_bus
from . import iot_bench_population
